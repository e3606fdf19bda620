package io.opendts.engines.mysql.wire;

import java.util.Objects;
import java.util.UUID;

/**
 * How to appear as a replica.
 *
 * @param serverId        unique among the source's replicas, 1 to 2^32 - 1: the server cuts off an older stream with the same one
 * @param replicaUuid     unique too: MySQL cuts off an older stream with the same UUID
 * @param heartbeatMillis an idle source sends a heartbeat event this often
 * @param readTimeoutMillis with nothing at all for so long the source counts as dead; more than two heartbeats
 * @param stopAtEnd       the stream ends at the log's present end instead of waiting for more
 */
public record BinlogSettings(long serverId, UUID replicaUuid, int heartbeatMillis, int readTimeoutMillis, boolean stopAtEnd) {

    public BinlogSettings {
        Objects.requireNonNull(replicaUuid, "replicaUuid");
        if (serverId < 1 || serverId > 0xFFFF_FFFFL || heartbeatMillis < 1 || readTimeoutMillis <= 2L * heartbeatMillis) {
            throw new IllegalArgumentException("serverId from 1 to 2^32-1, heartbeatMillis > 0, readTimeoutMillis > 2 x heartbeatMillis");
        }
    }
}
