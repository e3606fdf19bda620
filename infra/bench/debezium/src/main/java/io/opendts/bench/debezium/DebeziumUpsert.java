package io.opendts.bench.debezium;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Carries so many row events of the source's log behind a position to the target; the line {@code committed N} that it prints last tells
 * when the last of them was there. Exit code 1 and the reason where it failed, or nothing came for a minute.
 */
public final class DebeziumUpsert {

    private static final String PASSWORD_VARIABLE = "DTS_BENCH_PASSWORD";
    private static final long SILENCE_LIMIT_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 100;

    /** Of a transaction of the target, as of a fetch of the engine's. */
    private static final int EVENTS_PER_COMMIT = 2_048;

    private DebeziumUpsert() {}

    /**
     * @param words mysql or mariadb, host, the source's port, the target's port, user, database, log file, position in it, GTID set, number
     *              of row events
     */
    public static void main(String[] words) throws Exception {
        String host = words[1];
        String user = words[4];
        String password = System.getenv(PASSWORD_VARIABLE);
        AtomicReference<String> failure = new AtomicReference<>();
        try (Connection target = DriverManager.getConnection("jdbc:mariadb://" + host + ":" + words[3] + "/" + words[5]
                + "?sslMode=disable&allowPublicKeyRetrieval=true", user, password);
                ExecutorService engines = Executors.newSingleThreadExecutor()) {
            UpsertSink sink = new UpsertSink(target);
            DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                    .using(settings(words, password)).notifying(sink)
                    .using((success, message, error) -> {
                        if (!success) {
                            failure.compareAndSet(null, message + " " + error);
                        }
                    }).build();
            engines.execute(engine);
            awaitEnd(sink, Long.parseLong(words[9]), failure);
            engine.close();
        }
        System.exit(failure.get() == null ? 0 : 1);
    }

    private static void awaitEnd(UpsertSink sink, long events, AtomicReference<String> failure) throws InterruptedException {
        long began = System.nanoTime();
        while (failure.get() == null && sink.events() < events) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            long heard = sink.events() == 0 ? began : sink.lastCommitNanos();
            if (TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heard) > SILENCE_LIMIT_MILLIS) {
                failure.compareAndSet(null, "nothing came for a minute behind " + sink.events() + " events of " + events);
            }
        }
        if (failure.get() != null) {
            System.err.println(failure.get());
        }
    }

    private static Properties settings(String[] words, String password) {
        boolean mysql = words[0].equals("mysql");
        Properties settings = new Properties();
        settings.put("name", "bench");
        settings.put("topic.prefix", "bench");
        settings.put("connector.class", "io.debezium.connector." + (mysql ? "mysql.MySqlConnector" : "mariadb.MariaDbConnector"));
        settings.put("database.hostname", words[1]);
        settings.put("database.port", words[2]);
        settings.put("database.user", words[4]);
        settings.put("database.password", password);
        settings.put("database.ssl.mode", mysql ? "disabled" : "disable");
        settings.put("database.server.id", "184054");
        settings.put("driver.allowPublicKeyRetrieval", "true");
        settings.put("database.include.list", words[5]);
        settings.put("include.schema.changes", "false");
        settings.put("tombstones.on.delete", "false");
        settings.put("snapshot.mode", "recovery");
        settings.put("snapshot.locking.mode", "none");
        settings.put("schema.history.internal", "io.debezium.relational.history.MemorySchemaHistory");
        settings.put("max.batch.size", Integer.toString(EVENTS_PER_COMMIT));
        settings.put("max.queue.size", Integer.toString(4 * EVENTS_PER_COMMIT));
        settings.put("offset.storage", StartOffset.class.getName());
        settings.put(StartOffset.KEY, "[\"bench\",{\"server\":\"bench\"}]");
        settings.put(StartOffset.VALUE, "{\"file\":\"" + words[6] + "\",\"pos\":" + words[7] + ",\"gtids\":\"" + words[8] + "\"}");
        return settings;
    }
}
