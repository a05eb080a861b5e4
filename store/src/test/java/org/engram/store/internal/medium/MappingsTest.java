package org.engram.store.internal.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What maps in a JVM with all flags; JvmFlagsTest and HostsTest start others. */
class MappingsTest {

    @Test
    void withAllFlagsNothingIsMissing() {
        assertEquals(Optional.empty(), JvmFlags.missingForChronicle());
    }

    @Test
    void everyFlagThatIsMissingNamesTheModuleThatLacksIt() {
        Module here = getClass().getModule();
        Module other = Logger.class.getModule();
        assertEquals(List.of(), JvmFlags.missing(List.of(here, here), here));
        assertEquals(
                List.of(
                        "--add-opens java.base/java.lang.reflect=java.logging",
                        "--add-exports java.base/sun.nio.ch=java.logging",
                        "--enable-native-access=java.logging"),
                JvmFlags.missing(List.of(here, other), other));
    }

    @Test
    void eitherMayBeAskedForAndNothingElse() {
        assertEquals("chronicle", Mappings.select(""));
        assertEquals("chronicle", Mappings.select("chronicle"));
        assertEquals("jdk", Mappings.select("jdk"));
        assertEquals(
                "unknown mapping: -Dengram.mapping must be chronicle or jdk, found JDK",
                assertThrows(IllegalArgumentException.class, () -> Mappings.select("JDK"))
                        .getMessage());
    }

    @Test
    void whatWasSelectedMaps(@TempDir Path temp) throws IOException {
        String asked = System.getProperty(Mappings.PROPERTY, "chronicle");
        assertEquals(asked, Mappings.selected());
        Path path = Files.write(temp.resolve("file"), new byte[9]);
        try (StoreFile file = StoreFile.open(path, StoreDirectory.DISK, false, "");
                Mapping mapping = Mappings.bySelected(file, 1 << 16)) {
            assertEquals(asked.equals("jdk") ? JdkMapping.class : ChronicleMapping.class, mapping.getClass());
        }
    }
}
