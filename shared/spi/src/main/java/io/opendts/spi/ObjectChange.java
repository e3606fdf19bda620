package io.opendts.spi;

import io.opendts.model.Catalog;
import io.opendts.model.ErrorCode;
import io.opendts.model.ObjectName;
import io.opendts.model.SchemaObject;
import java.util.List;

/**
 * Objects that hold no rows, as the source has them now, to be made the same on the target: the same whenever it is done again.
 *
 * @param catalog  tables as the target has followed them, and every other object that has a name on the target: what texts name
 * @param selector names on the target
 * @param triggers what becomes of triggers and events
 */
public record ObjectChange(Catalog catalog, Selector selector, SchemaPlan.Triggers triggers, List<State> states) {

    public ObjectChange {
        states = List.copyOf(states);
    }

    /**
     * @param now   several where a package has a body; empty where the source has it no more
     * @param known whether the task has made it before, or found it on the target
     */
    public record State(ObjectName name, List<SchemaObject> now, boolean known) {

        public State {
            now = List.copyOf(now);
        }
    }

    /**
     * One that the target does not take.
     *
     * @param code   TARGET_OBJECT_UNSUPPORTED, TARGET_PRIVILEGES or TARGET_STATEMENT_FAILED
     * @param reason what the target says to it
     */
    public record Refused(ObjectName name, ErrorCode code, String reason, String remedy) {}
}
