package io.opendts.engines.mysql.schema;

import java.util.Optional;
import java.util.Set;

/**
 * Has a target read statements without running them: PREPARE finds what its version does not know, and changes nothing. All
 * servers read the whole text of routines, triggers and events too, even where they refuse to prepare them afterwards (1295).
 */
final class Trial {

    /**
     * Not prepared here at all; no database selected, since it may not be there yet; missing databases, tables and privileges; what is
     * there already. All come after the text was understood, and are said elsewhere or not yet so.
     */
    private static final Set<Integer> NO_FAULT = Set.of(1295, 1046, 1049, 1146, 1356, 1044, 1045, 1142, 1143, 1227, 1370, 1410, 1418, 1419,
            1007, 1050, 1304, 1359, 1537, 4161);
    private static final int NO_SUCH_FUNCTION = 1305;

    private final SqlSession session;

    Trial(SqlSession session) {
        this.session = session;
    }

    /** Why the server refuses the statement; empty when it understands it. */
    Optional<String> refusal(String statement) {
        return refusal(statement, "", "");
    }

    Optional<String> refusal(ObjectScript script) {
        return refusal(script.create(), script.sqlMode(), script.kind().name());
    }

    private Optional<String> refusal(String statement, String sqlMode, String kind) {
        try {
            if (sqlMode.isEmpty()) {
                session.execute("PREPARE opendts FROM " + SqlNames.literal(statement));
            } else {
                session.execute("SET @opendts_text = " + SqlNames.literal(statement));
                session.execute("SET SESSION sql_mode = " + SqlNames.literal(sqlMode));
                session.execute("PREPARE opendts FROM @opendts_text");
            }
            return Optional.empty();
        } catch (SqlSession.Refused e) {
            boolean functionToCome = e.number() == NO_SUCH_FUNCTION && kind.equals("VIEW");
            boolean understood = NO_FAULT.contains(e.number()) || functionToCome;
            return understood ? Optional.empty() : Optional.of(e.getMessage() + " (" + e.number() + ")");
        } finally {
            if (!sqlMode.isEmpty()) {
                session.execute("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'");
            }
        }
    }
}
