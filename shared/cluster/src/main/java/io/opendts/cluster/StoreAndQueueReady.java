package io.opendts.cluster;

import io.opendts.state.StateStore;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready while it waits for the state store or the queue, with the reason. Opening the store takes seconds in a cold process:
 * that is done before the first message comes, and the process is not ready before.
 */
@Readiness
@Singleton
public class StoreAndQueueReady implements HealthCheck {

    @Inject
    Waiting waiting;

    @Inject
    Instance<StateStore> store;

    private volatile boolean opened;

    void open(@Observes StartupEvent started) {
        Thread.ofPlatform().name("open").daemon(true).start(() -> {
            store.get();
            opened = true;
        });
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> opening = opened ? Optional.empty() : Optional.of("the state store is being opened");
        return waiting.reason().or(() -> opening)
                .map(why -> HealthCheckResponse.named("state-store-and-queue").down().withData("waiting", why).build())
                .orElseGet(() -> HealthCheckResponse.up("state-store-and-queue"));
    }
}
