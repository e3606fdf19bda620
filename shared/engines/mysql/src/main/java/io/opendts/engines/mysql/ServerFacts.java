package io.opendts.engines.mysql;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server says of itself: version, flavour, global variables, and what our account may do. Read once, immutable.
 *
 * @param version as the server prints it, as in {@code 10.11.6-MariaDB-log}
 * @param account as the server sees us, {@code user@host}
 * @param grants  lines of SHOW GRANTS, active roles included
 */
public record ServerFacts(String version, Map<String, String> variables, String account, List<String> grants) {

    private static final int MYSQL_OLDEST = 507;
    private static final int MARIADB_OLDEST = 1003;

    public ServerFacts {
        variables = Map.copyOf(variables);
        grants = List.copyOf(grants);
    }

    public static ServerFacts read(MySqlConnection server) {
        QueryResult globals = server.query("SHOW GLOBAL VARIABLES");
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < globals.size(); i++) {
            variables.put(globals.text(i, 0).toLowerCase(Locale.ROOT), Optional.ofNullable(globals.text(i, 1)).orElse(""));
        }
        String version = server.query("SELECT VERSION()").text(0, 0);
        return new ServerFacts(version, variables, server.query("SELECT CURRENT_USER()").text(0, 0), grants(server));
    }

    /** Roles that were granted but are not active would hide what the account can do. */
    private static List<String> grants(MySqlConnection server) {
        try {
            server.query("SET ROLE ALL");
        } catch (MySqlServerError noRoles) {
            // 5.7 has none, MariaDB has no ALL: then the default role is what counts
        }
        QueryResult result = server.query("SHOW GRANTS");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
            lines.add(result.text(i, 0));
        }
        return lines;
    }

    public boolean mariaDb() {
        return version.toLowerCase(Locale.ROOT).contains("mariadb");
    }

    /** Major and minor as one number: 5.7 is 507, 10.11 is 1011. */
    public int number() {
        String plain = version.startsWith("5.5.5-") ? version.substring(6) : version;
        String[] parts = plain.split("[.-]");
        return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
    }

    public boolean supported() {
        return number() >= (mariaDb() ? MARIADB_OLDEST : MYSQL_OLDEST);
    }

    public String describe() {
        return (mariaDb() ? "MariaDB " : "MySQL ") + version;
    }

    /** A global variable; names in lower case. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A database's or table's name as the server writes it; for comparing, what it stores as given is folded too. */
    public String folded(String name) {
        return variable("lower_case_table_names").orElse("0").equals("0") ? name : name.toLowerCase(Locale.ROOT);
    }

    /** 0 = until purged by hand. */
    public long logRetentionSeconds() {
        long seconds = variable("binlog_expire_logs_seconds").map(ServerFacts::number).orElse(0L);
        return seconds != 0 ? seconds : variable("expire_logs_days").map(d -> number(d) * 86_400).orElse(0L);
    }

    private static long number(String text) {
        return (long) Double.parseDouble(text);
    }

    /** SHOW SLAVE STATUS is gone in MySQL 8.4. */
    public String replicaStatusStatement() {
        return !mariaDb() && number() >= 804 ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS";
    }

    /** SHOW MASTER STATUS is gone in MySQL 8.4. */
    public String logStatusStatement() {
        return !mariaDb() && number() >= 804 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
    }

    public String quotedAccount() {
        int at = account.lastIndexOf('@');
        return literal(account.substring(0, at)) + "@" + literal(account.substring(at + 1));
    }

    public String quoted(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    public String quoted(TableId table) {
        return quoted(table.database()) + "." + quoted(table.name());
    }

    /** A text literal for catalog queries: our sessions have backslash escapes on. */
    public String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
