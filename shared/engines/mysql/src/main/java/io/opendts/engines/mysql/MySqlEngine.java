package io.opendts.engines.mysql;

import io.opendts.engines.mysql.log.MySqlLogOrder;
import io.opendts.model.Endpoint;
import io.opendts.spi.Engine;
import io.opendts.spi.LogOrder;
import io.opendts.spi.Session;
import io.opendts.spi.Source;
import io.opendts.spi.Target;
import java.util.Optional;

/** MySQL, MariaDB and what speaks their protocol; which one it is, the server tells. */
public final class MySqlEngine implements Engine {

    @Override
    public String name() {
        return "mysql";
    }

    @Override
    public Optional<Source> source(Endpoint endpoint, Session session) {
        return Optional.of(new MySqlSource(new Sessions(endpoint, session, Sessions.Role.SOURCE)));
    }

    @Override
    public Optional<Target> target(Endpoint endpoint, Session session) {
        return Optional.of(new MySqlTarget(new Sessions(endpoint, session, Sessions.Role.TARGET)));
    }

    @Override
    public Optional<LogOrder> logOrder() {
        return Optional.of(new MySqlLogOrder());
    }
}
