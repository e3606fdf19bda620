package io.opendts.standalone.system;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of scenarios/: {@code task.yaml}; {@code source.sql} and {@code target.sql}, run before; {@code during.sql} with the
 * sections {@code full}, {@code synchronizing} (run on the source in that state), {@code stopped} (between two runs) and
 * {@code stopped-target}; {@code expect.properties}, where {@code noted} is a text that some note has and {@code differs=engine}
 * says that tables are defined otherwise than on the source. In all texts
 * {@code {{source.port}}} and {@code {{target.port}}} and {@code {{password}}} (root's) are replaced.
 */
record Scenario(String name, Map<String, String> files, Properties expected) {

    private static final String FOLDER = "/scenarios";
    private static final List<String> FILES = List.of("task.yaml", "source.sql", "target.sql", "during.sql", "expect.properties");

    /** All there are, by name. */
    static List<Scenario> all() {
        try {
            URI uri = Scenario.class.getResource(FOLDER).toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Scenario> read(Path folder) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.sorted().toList()) {
                scenarios.add(readOne(child));
            }
        }
        return scenarios;
    }

    private static Scenario readOne(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String file : FILES) {
            if (Files.exists(folder.resolve(file))) {
                files.put(file, Files.readString(folder.resolve(file)));
            }
        }
        Properties expected = new Properties();
        expected.load(new StringReader(files.getOrDefault("expect.properties", "")));
        return new Scenario(folder.getFileName().toString().replace("/", ""), files, expected);
    }

    List<ServerPair> pairs() {
        String pairs = expect("pairs", "mysql80>mysql80");
        return pairs.equals("every") ? ServerPair.EVERY : Stream.of(pairs.split(",")).map(ServerPair::parse).toList();
    }

    String expect(String key, String otherwise) {
        return expected.getProperty(key, otherwise);
    }

    Optional<String> file(String file, TestServer source, TestServer target) {
        return Optional.ofNullable(files.get(file)).map(text -> text.replace("{{source.port}}", Integer.toString(source.port()))
                .replace("{{target.port}}", Integer.toString(target.port()))
                .replace("{{password}}", source.server().password()));
    }

    SqlScript script(String file, TestServer source, TestServer target) {
        return SqlScript.parse(file(file, source, target).orElse(""));
    }
}
