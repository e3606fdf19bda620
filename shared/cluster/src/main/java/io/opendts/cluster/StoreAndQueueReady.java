package io.opendts.cluster;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while it waits for the state store or the queue, with the reason. */
@Readiness
@Singleton
public class StoreAndQueueReady implements HealthCheck {

    @Inject
    Waiting waiting;

    @Override
    public HealthCheckResponse call() {
        return waiting.reason()
                .map(why -> HealthCheckResponse.named("state-store-and-queue").down().withData("waiting", why).build())
                .orElseGet(() -> HealthCheckResponse.up("state-store-and-queue"));
    }
}
