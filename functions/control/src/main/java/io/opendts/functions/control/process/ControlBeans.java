package io.opendts.functions.control.process;

import io.opendts.functions.control.Dispatcher;
import io.opendts.functions.control.api.TaskService;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.opendts.task.OpenTasks;
import io.opendts.task.SealedSpecs;
import io.opendts.task.TaskContexts;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What a control process has beside what every process has. */
@Singleton
public class ControlBeans {

    private static final System.Logger LOG = System.getLogger(ControlBeans.class.getName());

    @Produces
    @Singleton
    Dispatcher dispatcher(StateStore store, KafkaPublisher to) {
        return new Dispatcher(store, to, InstantSource.system());
    }

    @Produces
    @Singleton
    Reactions reactions(StateStore store, OpenTasks tasks, Dispatcher dispatcher) {
        return new Reactions(store, tasks, dispatcher);
    }

    @Produces
    @Singleton
    TaskService service(StateStore store, Dispatcher dispatcher, SealedSpecs specs, KafkaTopics topics) {
        return new TaskService(store, dispatcher, specs, topics::deleteChanges,
                spec -> TaskContexts.open(spec, store, failure -> LOG.log(System.Logger.Level.WARNING,
                        "task {0}: trying again after {1}: {2}", spec.name(), failure.code().code(), failure.getMessage())),
                InstantSource.system());
    }
}
