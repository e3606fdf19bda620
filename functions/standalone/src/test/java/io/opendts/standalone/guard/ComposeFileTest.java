package io.opendts.standalone.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** infra/local/compose.yaml names only what exists: functions, services, secrets, configuration that the code reads. */
class ComposeFileTest {

    private static final Set<String> SERVERS = Set.of("kafka", "state-store");

    private Path root;
    private Map<String, Object> file;
    private Map<String, Map<String, Object>> services;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void read() throws IOException {
        root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(root.resolve("infra/local/compose.yaml")));
        services = (Map<String, Map<String, Object>>) file.get("services");
    }

    @Test
    void everyFunctionIsAServiceAndEveryOtherServiceAServer() throws IOException {
        List<String> functions;
        try (Stream<Path> folders = Files.list(root.resolve("functions"))) {
            functions = folders.map(folder -> folder.getFileName().toString()).filter(name -> !name.equals("standalone")).toList();
        }
        assertThat(services.keySet()).containsAll(functions);
        services.forEach((name, service) -> {
            assertThat(service.get("image")).as(name).isNotNull();
            assertThat(service).as(name).containsKey("healthcheck");
            if (functions.contains(name)) {
                Map<?, ?> build = (Map<?, ?>) service.get("build");
                assertThat(((Map<?, ?>) build.get("args")).get("FUNCTION")).isEqualTo(name);
                assertThat(root.resolve("infra/local").resolve((String) build.get("context")).resolve((String) build.get("dockerfile")))
                        .exists();
            } else {
                assertThat(SERVERS).contains(name);
            }
        });
    }

    @Test
    void nobodyWaitsForAServiceOrASecretOrAVolumeThatIsNotThere() {
        services.forEach((name, service) -> {
            keys(service.get("depends_on")).forEach(other -> assertThat(services).as(name).containsKey(other));
            list(service.get("secrets")).forEach(secret -> assertThat(keys(file.get("secrets"))).as(name).contains(secret));
            list(service.get("volumes")).forEach(volume ->
                    assertThat(keys(file.get("volumes"))).as(name).contains(volume.substring(0, volume.indexOf(':'))));
        });
    }

    @Test
    void portsAreOfThisMachineAlone() {
        services.forEach((name, service) -> list(service.get("ports"))
                .forEach(port -> assertThat(port).as(name).matches("127\\.0\\.0\\.1:\\d+:\\d+")));
    }

    @Test
    void functionsAreConfiguredByWhatTheCodeReadsAndHoldNoPassword() throws IOException {
        String code = code();
        services.forEach((name, service) -> {
            if (SERVERS.contains(name)) {
                return;
            }
            keys(service.get("environment")).forEach(variable -> {
                assertThat(variable).as(name).doesNotContain("PASSWORD");
                if (variable.startsWith("DTS_")) {
                    assertThat(properties(variable)).as(name + " " + variable).anyMatch(code::contains);
                } else {
                    assertThat(variable).isIn("QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT");
                }
            });
        });
    }

    /** DTS_KEY_FILE stands for dts.key-file, and for dts.key.file. */
    private static List<String> properties(String variable) {
        String rest = variable.substring("DTS_".length()).toLowerCase(Locale.ROOT);
        return List.of("\"dts." + rest.replace('_', '.') + "\"", "\"dts." + rest.replace('_', '-') + "\"");
    }

    private String code() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(root.resolve("shared/cluster/src/main"))) {
            for (Path java : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(java));
            }
        }
        return all.toString();
    }

    private static List<String> keys(Object map) {
        List<String> keys = new ArrayList<>();
        if (map != null) {
            ((Map<?, ?>) map).keySet().forEach(key -> keys.add((String) key));
        }
        return keys;
    }

    private static List<String> list(Object list) {
        List<String> texts = new ArrayList<>();
        if (list != null) {
            ((List<?>) list).forEach(text -> texts.add((String) text));
        }
        return texts;
    }
}
