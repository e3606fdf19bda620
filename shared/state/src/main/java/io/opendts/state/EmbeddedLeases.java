package io.opendts.state;

import io.opendts.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

final class EmbeddedLeases implements Leases {

    private final SqliteFile file;
    private final InstantSource clock;

    EmbeddedLeases(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Optional<Lease> acquire(String task, String holder, long ttlMillis) {
        return file.write(c -> {
            Optional<Lease> there = current(c, task);
            boolean running = there.isPresent() && there.get().expiresAtMillis() > clock.millis();
            if (running && !there.get().holder().equals(holder)) {
                return Optional.empty();
            }
            long last = there.map(Lease::epoch).orElse(0L);
            return Optional.of(write(c, new Lease(task, holder, running ? last : last + 1, clock.millis() + ttlMillis)));
        });
    }

    @Override
    public Optional<Lease> renew(Lease lease, long ttlMillis) {
        return file.write(c -> {
            if (!held(c, lease)) {
                return Optional.empty();
            }
            return Optional.of(write(c, new Lease(lease.task(), lease.holder(), lease.epoch(), clock.millis() + ttlMillis)));
        });
    }

    /** A lease that ran out but that nobody else has taken is still its holder's: the epoch proves it. */
    private static boolean held(Connection c, Lease lease) throws SQLException {
        return current(c, lease.task())
                .filter(l -> l.epoch() == lease.epoch() && l.holder().equals(lease.holder()) && l.expiresAtMillis() > 0)
                .isPresent();
    }

    @Override
    public void release(Lease lease) {
        file.write(c -> held(c, lease) ? write(c, new Lease(lease.task(), lease.holder(), lease.epoch(), 0)) : null);
    }

    @Override
    public Optional<Lease> current(String task) {
        return file.read(c -> current(c, task));
    }

    private static Optional<Lease> current(Connection c, String task) throws SQLException {
        return Sql.query(c, row -> new Lease(task, row.getString(1), row.getLong(2), row.getLong(3)),
                "select holder, epoch, expires_at from leases where task = ?", task).stream().findFirst();
    }

    private static Lease write(Connection c, Lease lease) throws SQLException {
        Sql.update(c, "insert into leases (task, holder, epoch, expires_at) values (?, ?, ?, ?) on conflict (task) do update set "
                + "holder = excluded.holder, epoch = excluded.epoch, expires_at = excluded.expires_at",
                lease.task(), lease.holder(), lease.epoch(), lease.expiresAtMillis());
        return lease;
    }
}
