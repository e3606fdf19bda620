package io.opendts.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.opendts.model.DtsException;
import io.opendts.model.Secret;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.opendts.state.database.DatabaseSettings;
import io.opendts.state.database.DatabaseStateStore;
import io.opendts.task.OpenTasks;
import io.opendts.task.SealedSpecs;
import io.opendts.task.TaskContexts;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every process of a cluster has, made when it is first needed. */
@Singleton
public class ClusterBeans {

    private static final System.Logger LOG = System.getLogger(ClusterBeans.class.getName());

    @Produces
    @Singleton
    KafkaSettings kafka(@ConfigProperty(name = "dts.kafka") String brokers, @ConfigProperty(name = "dts.process-id") String process) {
        return new KafkaSettings(brokers, process);
    }

    @Produces
    @Singleton
    KafkaPublisher publisher(KafkaSettings kafka) {
        return new KafkaPublisher(kafka);
    }

    void close(@Disposes KafkaPublisher publisher) {
        publisher.close();
    }

    @Produces
    @Singleton
    KafkaTopics topics(KafkaSettings kafka) {
        return new KafkaTopics(kafka);
    }

    void close(@Disposes KafkaTopics topics) {
        topics.close();
    }

    @Produces
    @Singleton
    DatabaseSettings database(@ConfigProperty(name = "dts.state.url") String url,
            @ConfigProperty(name = "dts.state.username") String username, @ConfigProperty(name = "dts.state.password") String password,
            @ConfigProperty(name = "dts.state.connections-max", defaultValue = "4") int connectionsMax) {
        return new DatabaseSettings(url, username, new Secret(password), connectionsMax);
    }

    /** Waits for a database that is not there yet: processes may be started in any order. */
    @Produces
    @Singleton
    StateStore store(DatabaseSettings database, Waiting waiting,
            @ConfigProperty(name = "dts.state.migrate", defaultValue = "false") boolean migrate) {
        return waiting.until(() -> {
            if (migrate) {
                DatabaseStateStore.migrate(database);
            }
            return DatabaseStateStore.open(database);
        });
    }

    void close(@Disposes StateStore store) {
        store.close();
    }

    @Produces
    @Singleton
    SealedSpecs specs(@ConfigProperty(name = "dts.key-file") Path keyFile) {
        return SealedSpecs.withKeyFile(keyFile);
    }

    @Produces
    @Singleton
    OpenTasks tasks(StateStore store, SealedSpecs specs) {
        return new OpenTasks(store, name -> TaskContexts.open(specs.open(store, name), store, failure -> trying(name, failure)));
    }

    void close(@Disposes OpenTasks tasks) {
        tasks.close();
    }

    private static void trying(String task, DtsException failure) {
        LOG.log(System.Logger.Level.WARNING, "task {0}: trying again after {1}: {2}", task, failure.code().code(), failure.getMessage());
    }

    @Produces
    @Singleton
    Waiting waiting() {
        return new Waiting();
    }

    @Produces
    @Singleton
    WorkMetrics metrics(MeterRegistry registry) {
        return new WorkMetrics(registry);
    }

    @Produces
    @Singleton
    Worker worker(StateStore store, OpenTasks tasks, WorkMetrics metrics,
            @ConfigProperty(name = "quarkus.application.name") String function,
            @ConfigProperty(name = "dts.limits.time") Duration time,
            @ConfigProperty(name = "dts.limits.message-bytes") int messageBytes) {
        return new Worker(store, tasks, metrics, "/functions/" + function, new Worker.Limits(time, messageBytes));
    }

    @Produces
    @Singleton
    Intake intake(Worker worker, StateStore store, KafkaPublisher publisher, Waiting waiting, WorkMetrics metrics) {
        return new Intake(worker, store, publisher, waiting, metrics);
    }
}
