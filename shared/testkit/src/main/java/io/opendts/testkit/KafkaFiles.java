package io.opendts.testkit;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A broker's jars, and its folder: settings, data, log. */
record KafkaFiles(Path folder) {

    private static final String VERSION = "4.1.2";
    /** Kafka writes its log through slf4j and brings no writer. */
    private static final List<MavenArtifact> ARTIFACTS = List.of(new MavenArtifact("org.apache.kafka", "kafka_2.13", VERSION),
            new MavenArtifact("org.slf4j", "slf4j-simple", "1.7.36"));
    private static final String CLUSTER_ID = "b3BlbmR0cy1rYWZrYS0wMQ";
    private static final long FORMAT_LIMIT_SECONDS = 60;
    private static final int ADDRESSES = 2;

    Path settings() {
        return folder.resolve("server.properties");
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("kafka.log");
    }

    /** Writes the settings, and formats the data folder unless it has been. Idempotent. */
    List<String> prepare(int port) throws FetchException {
        try {
            Files.createDirectories(folder);
            Files.writeString(settings(), settings(port, controllerPort()));
            if (!Files.exists(data().resolve("meta.properties"))) {
                List<String> words = java("kafka.tools.StorageTool");
                words.addAll(List.of("format", "--cluster-id", CLUSTER_ID, "--config", settings().toString()));
                new Command(words, folder, Map.of()).require("formatting " + data(), FORMAT_LIMIT_SECONDS);
            }
            List<String> words = java("kafka.Kafka");
            words.add(settings().toString());
            return words;
        } catch (IOException e) {
            throw new FetchException("cannot prepare " + folder, e);
        }
    }

    /** The one written before, so that a restart has the same. */
    private int controllerPort() throws IOException {
        if (Files.exists(settings())) {
            Properties written = new Properties();
            try (Reader reader = Files.newBufferedReader(settings())) {
                written.load(reader);
            }
            String[] listeners = written.getProperty("listeners", "").split(",");
            if (listeners.length == ADDRESSES) {
                return Integer.parseInt(listeners[1].substring(listeners[1].lastIndexOf(':') + 1));
            }
        }
        return FreePort.find();
    }

    private static List<String> java(String main) throws FetchException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-cp", classPath(), main));
        return words;
    }

    private static String classPath() throws FetchException {
        Path jars = CacheFolder.ofUser().get("kafka-" + VERSION, folder -> MavenArtifact.copyWithDependenciesInto(folder, ARTIFACTS));
        try (Stream<Path> all = Files.list(jars)) {
            return all.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new FetchException("cannot read " + jars, e);
        }
    }

    /** One node that is broker and controller; few partitions for the inner topics, because each of them costs time at the start. */
    private String settings(int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                delete.topic.enable=true
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                transaction.max.timeout.ms=3600000
                add.partitions.to.txn.retry.backoff.ms=2
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                log.segment.bytes=67108864
                log.retention.check.interval.ms=5000
                log.segment.delete.delay.ms=1000
                num.network.threads=2
                num.io.threads=4
                num.recovery.threads.per.data.dir=2
                log.cleaner.dedupe.buffer.size=8388608
                """.formatted(port, controllerPort, data());
    }

    /** The last lines of the broker's log, for a message or a failed test. */
    String logTail(int lines) {
        try {
            List<String> all = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(cannot read " + log() + ": " + e.getMessage() + ")";
        }
    }

}
