package io.opendts.functions.control.process;

import io.opendts.functions.control.Dispatcher;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.state.StateStore;
import io.opendts.task.OpenTasks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What a control process has beside what every process has. */
@Singleton
public class ControlBeans {

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
}
