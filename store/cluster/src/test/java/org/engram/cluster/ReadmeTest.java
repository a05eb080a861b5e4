package org.engram.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All Java that the README shows, of the store and of the cluster, compiles against both. */
class ReadmeTest {

    private static final Pattern JAVA = Pattern.compile("(?s)\\n```java\\n(.*?)\\n```\\n");

    @TempDir
    Path temp;

    static Stream<String> fences() throws Exception {
        List<String> found = JAVA.matcher(Files.readString(Path.of("../../README.md")))
                .results()
                .map(MatchResult::group)
                .map(fence -> fence.replaceAll("(?m)^```.*$", ""))
                .toList();
        assertTrue(found.size() >= 3, "found: " + found.size());
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("fences")
    void whatTheReadmeShowsCompiles(String fence) throws Exception {
        String program = fence.contains("void main()") ? fence : """
                import java.util.concurrent.*;
                import org.engram.cluster.*;
                import org.engram.store.*;
                void main() {}
                void shown(Path directory, String secret, String key, Pattern pattern, Cue cue, Executor executor) {
                %s
                }
                """.formatted(fence);
        Path source = Files.writeString(temp.resolve("Shown.java"), program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-d", temp.toString());
            boolean compiles = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertEquals(true, compiles, said::toString);
        }
    }
}
