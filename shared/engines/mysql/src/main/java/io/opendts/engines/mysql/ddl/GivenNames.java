package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.TableScript;
import io.opendts.engines.mysql.schema.TableScript.Addition;
import io.opendts.engines.mysql.schema.TableScript.Part;
import io.opendts.model.TableId;

/** Names that servers make of a table's name, and rename with the table: {@code t_ibfk_1}, and {@code t_chk_1} on MySQL. Pure. */
final class GivenNames {

    private GivenNames() {}

    /**
     * The same table behind RENAME TABLE.
     *
     * @param script under its name afterwards
     * @param before its name in front of it
     */
    static TableScript behindRename(TableScript script, TableId before, ServerVersion target) {
        if (before.name().equals(script.target().name())) {
            return script;
        }
        String from = before.name();
        String to = script.target().name();
        return new TableScript(script.target(), script.parts().stream().map(part -> check(part, from, to, target)).toList(),
                script.options(), script.partitions(), script.indexes(),
                script.foreignKeys().stream().map(key -> foreignKey(key, from, to)).toList(), script.notes(), script.problems());
    }

    private static Addition foreignKey(Addition key, String from, String to) {
        String prefix = from + "_ibfk_";
        if (!key.name().startsWith(prefix)) {
            return key;
        }
        String name = to + "_ibfk_" + key.name().substring(prefix.length());
        return new Addition(name, replaced(key.clause(), key.name(), name), key.alone());
    }

    private static Part check(Part part, String from, String to, ServerVersion target) {
        String prefix = from + "_chk_";
        if (target.mariaDb() || part.kind() != Part.Kind.CHECK || !part.name().startsWith(prefix)) {
            return part;
        }
        String name = to + "_chk_" + part.name().substring(prefix.length());
        return new Part(part.kind(), name, replaced(part.clause(), part.name(), name));
    }

    /** The name comes first in the clause; a column behind it may be called the same. */
    static String replaced(String clause, String name, String by) {
        int at = clause.indexOf(SqlNames.quote(name));
        return clause.substring(0, at) + SqlNames.quote(by) + clause.substring(at + SqlNames.quote(name).length());
    }
}
