package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.OkResult;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Relation;
import java.util.Set;

/** A warning of a write is damage to a row, unless it is one that had to come. */
final class Warnings {

    private static final int DATA_TRUNCATED = 1265;
    private static final int DUPLICATE = 1062;
    /** About the words of a statement, such as the name of a character set that is to go, and not about its values. */
    private static final Set<Integer> DEPRECATIONS = Set.of(1287, 1681, 3719, 3720, 3778);

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
            if (DEPRECATIONS.contains(Integer.parseInt(listed.text(i, 1)))) {
                count--;
            }
        }
        for (int i = 0; i < listed.size(); i++) {
            int code = Integer.parseInt(listed.text(i, 1));
            if (DEPRECATIONS.contains(code)) {
                continue;
            }
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
