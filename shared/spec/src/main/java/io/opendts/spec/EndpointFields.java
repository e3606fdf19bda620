package io.opendts.spec;

import static io.opendts.spec.EngineName.ANALYTICDB_MYSQL;
import static io.opendts.spec.EngineName.ANALYTICDB_POSTGRESQL;
import static io.opendts.spec.EngineName.DRDS;
import static io.opendts.spec.EngineName.ELASTICSEARCH;
import static io.opendts.spec.EngineName.KAFKA;
import static io.opendts.spec.EngineName.MAXCOMPUTE;
import static io.opendts.spec.EngineName.MYSQL;
import static io.opendts.spec.EngineName.POSTGRESQL;
import static io.opendts.spec.EngineName.REDIS;
import static io.opendts.spec.EngineName.TABLESTORE;

import io.opendts.spec.FieldType.AutoOrWhole;
import io.opendts.spec.FieldType.Choice;
import io.opendts.spec.FieldType.ChoiceOrList;
import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import io.opendts.spec.FieldType.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The keys of `source` and `target`. What a section's engine does not have is refused there. */
final class EndpointFields {

    enum Protocol implements Keyed {
        PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL;

        @Override
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Mechanism implements Keyed {
        PLAIN, SCRAM_SHA_256, SCRAM_SHA_512;

        @Override
        public String key() {
            return name().replace('_', '-');
        }
    }

    enum Format implements Keyed { DTS_AVRO, CANAL_JSON, DEBEZIUM_JSON, DEBEZIUM_AVRO, CLOUDEVENTS_JSON }

    enum Partition implements Keyed { NONE, TABLE, PRIMARY_KEY }

    enum Delivery implements Keyed { EXACTLY_ONCE, AT_LEAST_ONCE }

    enum Compression implements Keyed { NONE, GZIP, SNAPPY, LZ4, ZSTD }

    private static final Applies NOWHERE = Applies.ALWAYS.onlySources().onlyTargets();
    /** Engines that are reached by host and port. */
    private static final Applies HOSTS = NOWHERE.onlySources(MYSQL, DRDS, POSTGRESQL, REDIS)
            .onlyTargets(MYSQL, POSTGRESQL, REDIS, ANALYTICDB_MYSQL, ANALYTICDB_POSTGRESQL, ELASTICSEARCH);
    private static final Applies KAFKA_ONLY = NOWHERE.onlyTargets(KAFKA);
    private static final Applies CLOUD = NOWHERE.onlyTargets(MAXCOMPUTE, TABLESTORE);
    private static final Applies POSTGRES = NOWHERE.onlySources(POSTGRESQL).onlyTargets(POSTGRESQL, ANALYTICDB_POSTGRESQL);

    private static final Section SECURITY = Section.of("target.security",
            Field.of("protocol", Choice.of(Protocol.values()), "sasl_ssl", "How brokers are reached.").otherwise("plaintext"),
            Field.of("mechanism", Choice.of(Mechanism.values()), "SCRAM-SHA-512", "How to log in."),
            Field.of("username", Forms.ANY, "dts", "Who logs in."),
            Field.of("password", Forms.SECRET, "${KAFKA_PASSWORD}", "The password."),
            Field.of("ca", Forms.FILE, "/etc/dts/ca.pem", "Certificates that are trusted, PEM."),
            Field.of("cert", Forms.FILE, "/etc/dts/client.pem", "This client's certificate, PEM."),
            Field.of("key", Forms.FILE, "/etc/dts/client.key", "Its key, PEM."));

    private static final Section NEW_TOPICS = Section.of("target.newTopics",
            Field.of("partitions", new Whole(1, 10_000), "6", "Partitions of topics that are made.").otherwise("1"),
            Field.of("replication", new Whole(1, 100), "3", "Their replicas.").otherwise("1"));

    /** Both sides' keys; which of them a side has, `applies` says. The engine itself differs and comes first. */
    private static final List<Field> SHARED = List.of(
            Field.of("host", Forms.HOST_NAME, "10.0.0.5", "The server.").only(HOSTS),
            Field.of("port", new Whole(1, 65_535), "3306", "Its port; default: the engine's usual one.").only(HOSTS),
            Field.of("hosts", new ListOf(Forms.HOST_AND_PORT, true), "[10.0.0.5:3306, 10.0.0.6:3306]",
                    "In place of host and port: several, tried in order.").only(HOSTS),
            Field.of("username", Forms.ANY, "dts", "Who logs in.").only(HOSTS),
            Field.of("password", Forms.SECRET, "${SHOP_PASSWORD}", "The password; best as a reference.").only(HOSTS),
            Field.of("tls", Choice.of(TaskSpec.TlsWord.values()), "verify-ca", "How the connection is protected.")
                    .otherwise("preferred").only(HOSTS),
            Field.of("ca", Forms.FILE, "/etc/dts/ca.pem", "Certificates that are trusted, PEM.").only(HOSTS),
            Field.of("cert", Forms.FILE, "/etc/dts/client.pem", "This client's certificate, PEM.").only(HOSTS),
            Field.of("key", Forms.FILE, "/etc/dts/client.key", "Its key, PEM.").only(HOSTS),
            Field.of("serverId", new AutoOrWhole(Integer.MAX_VALUE), "4242", "The server id under which the log is read.")
                    .otherwise("auto").only(NOWHERE.onlySources(MYSQL, DRDS)),
            Field.of("progressDatabase", Forms.NAME, "_dts", "The target's database that holds the task's checkpoint.")
                    .otherwise("_dts").only(NOWHERE.onlyTargets(MYSQL, POSTGRESQL, ANALYTICDB_MYSQL, ANALYTICDB_POSTGRESQL)),
            Field.of("database", Forms.NAME, "shop", "The database to connect to.").only(POSTGRES),
            Field.of("brokers", new ListOf(Forms.HOST_AND_PORT, true), "[10.0.0.7:9092]", "Where the Kafka cluster is found.")
                    .must().only(KAFKA_ONLY),
            Field.of("security", new Nested(SECURITY), "{protocol: ssl}", "How brokers are reached.").only(KAFKA_ONLY),
            Field.of("format", Choice.of(Format.values()), "debezium-json",
                    "The form of messages.").otherwise("debezium-json").only(KAFKA_ONLY),
            Field.of("topic", Forms.TOPIC, "\"{database}.{table}\"",
                    "{task}, {database}, {table} are replaced; a plain name: one topic for all.")
                    .otherwise("\"{database}.{table}\"").only(KAFKA_ONLY),
            Field.of("partition", new ChoiceOrList(Choice.of(Partition.values()), new ListOf(Forms.NAME, true)), "primary-key",
                    "none: all to partition 0; table; primary-key; or a list of columns.").otherwise("primary-key").only(KAFKA_ONLY),
            Field.of("newTopics", new Nested(NEW_TOPICS), "{partitions: 6}", "Topics that are made.").only(KAFKA_ONLY),
            Field.of("delivery", Choice.of(Delivery.values()), "exactly-once", "With transactions or without.")
                    .otherwise("exactly-once").only(KAFKA_ONLY),
            Field.of("compression", Choice.of(Compression.values()), "zstd", "Of batches.").otherwise("none").only(KAFKA_ONLY),
            Field.of("schemaRegistry", Forms.SECRET_URL, "http://10.0.0.8:8081", "For debezium-avro.").only(KAFKA_ONLY),
            Field.of("endpoint", Forms.URL, "https://service.example.org", "The service's address.").must().only(CLOUD),
            Field.of("project", Forms.NAME, "shop", "The project.").must().only(NOWHERE.onlyTargets(MAXCOMPUTE)),
            Field.of("instance", Forms.NAME, "shop", "The instance.").must().only(NOWHERE.onlyTargets(TABLESTORE)),
            Field.of("accessKeyId", Forms.ANY, "${ACCESS_KEY_ID}", "Who logs in.").must().only(CLOUD),
            Field.of("accessKeySecret", Forms.SECRET, "${ACCESS_KEY_SECRET}", "The secret of that key.").must().only(CLOUD));

    static final Section SOURCE = side("source", true);
    static final Section TARGET = side("target", false);

    private EndpointFields() {}

    private static Section side(String title, boolean source) {
        List<Field> fields = new ArrayList<>();
        Choice engines = Choice.of(source ? EngineName.sources() : EngineName.targets());
        fields.add(Field.of("engine", engines, "mysql",
                "mysql covers MySQL 5.7 - 9.x and MariaDB 10.x - 11.x, found out by itself.").must());
        for (Field field : SHARED) {
            Applies here = field.applies();
            if (source ? !here.sources().isEmpty() : !here.targets().isEmpty()) {
                fields.add(field.only(source ? here.onlyTargets(EngineName.values()) : here.onlySources(EngineName.values())));
            }
        }
        return new Section(title, List.copyOf(fields));
    }

    /** The port that an engine usually listens on. */
    static int usualPort(EngineName engine) {
        return switch (engine) {
            case MYSQL, DRDS, ANALYTICDB_MYSQL -> 3306;
            case POSTGRESQL, ANALYTICDB_POSTGRESQL -> 5432;
            case REDIS -> 6379;
            case ELASTICSEARCH -> 9200;
            case KAFKA -> 9092;
            case MAXCOMPUTE, TABLESTORE -> 443;
        };
    }
}
