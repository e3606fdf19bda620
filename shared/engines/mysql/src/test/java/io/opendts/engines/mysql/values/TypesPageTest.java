package io.opendts.engines.mysql.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page that users read is the one that the suite proves; {@code -Dgolden.update=true} writes it anew. */
class TypesPageTest {

    private static final Path PAGE = Path.of("TYPES.md");

    @Test
    void isWhatTheSuiteProves() throws IOException {
        String text = TypesPage.text(ValueCases.all());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, text);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(text);
        assertThat(ValueCases.all().stream().mapToInt(c -> c.values().size()).sum()).isGreaterThan(1_000);
    }
}
