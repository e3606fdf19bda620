package io.opendts.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The version that Maven wrote into {@code version.txt} when this was built. */
public final class BuildVersion {

    private BuildVersion() {}

    public static String read() {
        try (InputStream text = BuildVersion.class.getResourceAsStream("version.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException("version.txt of this build cannot be read", broken);
        }
    }
}
