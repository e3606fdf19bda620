package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.OkResult;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Relation;

/** A warning of a write is damage to a row, unless it is one that had to come. */
final class Warnings {

    private static final int DATA_TRUNCATED = 1265;
    private static final int DUPLICATE = 1062;

    private Warnings() {
    }

    /**
     * @param due  how many warnings empty ENUM values bring (see {@link EnumErrors})
     * @param kept how many rows were left out because others are in their way; each brings a warning
     * @throws io.opendts.model.DtsException ROW_REFUSED
     */
    static void inspect(MySqlConnection connection, Relation relation, OkResult ok, long due, long kept) {
        if (ok.warnings() == 0 && kept == 0) {
            return;
        }
        // the count in the answer has 16 bits
        long count = Long.parseLong(connection.query("SHOW COUNT(*) WARNINGS").text(0, 0));
        QueryResult listed = connection.query("SHOW WARNINGS LIMIT 100");
        for (int i = 0; i < listed.size(); i++) {
            int code = Integer.parseInt(listed.text(i, 1));
            boolean expected = code == DATA_TRUNCATED && due > 0 || code == DUPLICATE && kept > 0;
            if (!expected || count != due + kept) {
                throw TargetErrors.refused("the target would change a row of " + relation.target() + ": warning " + code + ": "
                        + TargetErrors.withoutValues(listed.text(i, 2)), null);
            }
        }
        if (count != due + kept) {
            throw TargetErrors.refused("the target would change rows of " + relation.target() + ": " + count + " warnings", null);
        }
    }
}
