package io.opendts.task;

import io.opendts.model.Position;
import io.opendts.model.Route;
import io.opendts.model.TableId;
import io.opendts.spi.OnlineDdl;
import io.opendts.spi.Relations.Known;
import io.opendts.spi.Shadows;
import io.opendts.state.Relations.Registered;
import io.opendts.state.Relations.Seen;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The shadows that are in force where a log reader is; what it tells of them is recorded as versions of tables are. One thread. */
final class RecordedShadows implements Shadows {

    private final TaskContext task;
    private final UnaryOperator<TableId> folded;
    private final Collection<Known> tables;
    private final Map<TableId, Shadow> there = new HashMap<>();

    /** @param tables of the task, as they are at each moment */
    RecordedShadows(TaskContext task, UnaryOperator<TableId> folded, Collection<Known> tables) {
        this.task = task;
        this.folded = folded;
        this.tables = tables;
    }

    void put(Registered recorded) {
        TableId name = folded.apply(recorded.table().id());
        if (recorded.gone()) {
            there.remove(name);
        } else {
            there.put(name, new Shadow(recorded.table(), recorded.shadow().orElseThrow()));
        }
    }

    @Override
    public OnlineDdl handling() {
        return task.selector().onlineDdl();
    }

    @Override
    public Optional<Shadow> of(TableId name) {
        return Optional.ofNullable(there.get(folded.apply(name)));
    }

    @Override
    public List<Shadow> beside(TableId table) {
        return there.values().stream().filter(one -> folded.apply(one.mark().beside()).equals(folded.apply(table))).toList();
    }

    @Override
    public List<TableId> tables(String database) {
        String name = folded.apply(new TableId(database, "")).database();
        return tables.stream().map(one -> one.table().id()).filter(id -> folded.apply(id).database().equals(name)).toList();
    }

    @Override
    public void become(Shadow now, Position since) {
        record(now, since, false);
    }

    @Override
    public void gone(TableId name, Position since) {
        of(name).ifPresent(last -> record(last, since, true));
    }

    private void record(Shadow shadow, Position since, boolean gone) {
        Seen seen = new Seen(shadow.table(), Route.same(shadow.table().id()), false, Optional.of(shadow.mark()));
        put(task.store().relations().change(task.name(), seen, since, gone));
    }
}
