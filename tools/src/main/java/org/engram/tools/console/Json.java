package org.engram.tools.console;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.engram.store.Diagnosis;

/**
 * Writes JSON documents, made of maps, records, lists, enums, texts, numbers, booleans and nulls. Fields keep the order
 * in which they were put or declared. What JSON has no word for, such as NaN, is null.
 */
public final class Json {

    private static final JSON WRITER =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private static final JSON SHORT_WRITER = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    /** The document as text, without a line end after it. */
    public static String text(Object document) {
        return text(WRITER, document);
    }

    /** The document on one line, for programs, without a line end after it. */
    public static String line(Object document) {
        return text(SHORT_WRITER, document);
    }

    /** One object with the fields of all these records and maps, in this order. */
    public static Map<String, Object> joined(Object... parts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Object part : parts) {
            ((Map<?, ?>) plain(part)).forEach((name, field) -> fields.put((String) name, field));
        }
        return fields;
    }

    private static String text(JSON writer, Object document) {
        try {
            return writer.asString(plain(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Diagnosis diagnosis -> diagnosis.toString();
            case Record record -> fields(record);
            case Map<?, ?> map -> {
                Map<Object, Object> fields = new LinkedHashMap<>();
                map.forEach((name, field) -> fields.put(name, plain(field)));
                yield fields;
            }
            case List<?> list -> list.stream().map(Json::plain).toList();
            case Double number when !Double.isFinite(number) -> null;
            case Float number when !Float.isFinite(number) -> null;
            case OptionalLong number -> number.isPresent() ? number.getAsLong() : null;
            case Optional<?> some -> plain(some.orElse(null));
            case Enum<?> constant -> Describe.name(constant);
            case Path path -> path.toString();
            case Instant time -> time.toString();
            case UUID id -> id.toString();
            case null, default -> value;
        };
    }

    private static Map<String, Object> fields(Record record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                fields.put(component.getName(), plain(component.getAccessor().invoke(record)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return fields;
    }
}
