package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.TableId;

/** What of the log is, or may be, in tables that are copied while it is applied; by their names on the source. */
interface CopiedAnew {

    CopiedAnew NONE = new CopiedAnew() {
        @Override
        public boolean hold(TableId table, Change.Begin transaction) {
            return false;
        }

        @Override
        public boolean ahead(TableId table) {
            return false;
        }
    };

    /** Whether the copy holds, or will hold, what the transaction does to the table; one that is not known (null) is behind it. */
    boolean hold(TableId table, Change.Begin transaction);

    /** Whether rows of the table may be ahead of the log. */
    boolean ahead(TableId table);
}
