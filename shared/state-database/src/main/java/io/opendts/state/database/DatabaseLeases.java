package io.opendts.state.database;

import io.opendts.state.Leases;
import java.time.InstantSource;
import java.util.Optional;

/** A lease is taken under a lock of its row and kept by an update that only its holder's epoch meets. */
final class DatabaseLeases implements Leases {

    /** A lease that ran out but that nobody else has taken is still its holder's: the epoch proves it. */
    private static final String HELD = "where l.task = ?1 and l.holder = ?2 and l.epoch = ?3 and l.expiresAt > 0";

    private final Database database;
    private final InstantSource clock;

    DatabaseLeases(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Lease> acquire(String task, String holder, long ttlMillis) {
        if (current(task).filter(l -> l.expiresAtMillis() > clock.millis() && !l.holder().equals(holder)).isPresent()) {
            return Optional.empty();
        }
        return database.write(s -> {
            Optional<Rows.Held> there = s.lock(Rows.Held.class, task);
            boolean running = there.isPresent() && there.get().expiresAt > clock.millis();
            if (running && !there.get().holder.equals(holder)) {
                return Optional.<Lease>empty();
            }
            Rows.Held row = there.orElseGet(Rows.Held::new);
            row.task = task;
            row.holder = holder;
            row.epoch = running ? row.epoch : row.epoch + 1;
            row.expiresAt = clock.millis() + ttlMillis;
            if (there.isPresent()) {
                s.update(row);
            } else {
                s.insert(row);
            }
            return Optional.of(lease(row));
        });
    }

    @Override
    public Optional<Lease> renew(Lease lease, long ttlMillis) {
        return until(lease, clock.millis() + ttlMillis);
    }

    @Override
    public void release(Lease lease) {
        until(lease, 0);
    }

    private Optional<Lease> until(Lease lease, long expiresAtMillis) {
        int held = database.alone(s -> s.change("update Held l set l.expiresAt = ?4 " + HELD,
                lease.task(), lease.holder(), lease.epoch(), expiresAtMillis));
        return held == 0 ? Optional.empty() : Optional.of(new Lease(lease.task(), lease.holder(), lease.epoch(), expiresAtMillis));
    }

    @Override
    public Optional<Lease> current(String task) {
        return database.read(s -> s.find(Rows.Held.class, task)).map(DatabaseLeases::lease);
    }

    private static Lease lease(Rows.Held row) {
        return new Lease(row.task, row.holder, row.epoch, row.expiresAt);
    }
}
