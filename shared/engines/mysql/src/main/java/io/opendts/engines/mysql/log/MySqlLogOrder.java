package io.opendts.engines.mysql.log;

import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.spi.LogOrder;

/**
 * Orders positions: by GTIDs where both sides have them, so that it still holds after a failover to a server with other log
 * files; else by file number and offset.
 */
public final class MySqlLogOrder implements LogOrder {

    @Override
    public boolean reached(Position at, Position goal) {
        MySqlPosition here = MySqlPosition.parse(at);
        MySqlPosition there = MySqlPosition.parse(goal);
        if (!there.gtids().isEmpty() && !here.gtids().isEmpty()) {
            return here.gtids().containsAll(there.gtids());
        }
        return here.hasFile() && there.hasFile() && here.comparePlace(there) >= 0;
    }

    @Override
    public boolean covers(Position copy, Change.Begin transaction) {
        MySqlPosition copied = MySqlPosition.parse(copy);
        if (!transaction.id().isEmpty() && !copied.gtids().isEmpty()) {
            return copied.gtids().containsAll(GtidSet.parse(transaction.id()));
        }
        MySqlPosition starts = MySqlPosition.parse(transaction.at());
        return copied.hasFile() && starts.hasFile() && starts.comparePlace(copied) < 0;
    }
}
