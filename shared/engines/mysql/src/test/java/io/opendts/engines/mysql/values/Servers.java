package io.opendts.engines.mysql.values;

import io.opendts.testkit.ServerVersion;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Which of the tested servers can hold something. */
enum Servers {
    ALL("all", _ -> true),
    MYSQL("MySQL", ServerVersion::isMySql),
    MYSQL_57("MySQL 5.7", v -> v == ServerVersion.MYSQL_5_7),
    NOT_MYSQL_57("MySQL from 8.0, MariaDB", v -> v != ServerVersion.MYSQL_5_7),
    MYSQL_8("MySQL from 8.0", v -> v.isMySql() && v.major() >= 8),
    MYSQL_9("MySQL from 9.0", v -> v.isMySql() && v.major() >= 9),
    MARIADB("MariaDB", v -> !v.isMySql()),
    MARIADB_11("MariaDB from 11.4", v -> !v.isMySql() && v.major() >= 11),
    NOT_MYSQL_9("MySQL to 8.0, MariaDB", v -> !v.isMySql() || v.major() < 9),
    NONE("none", _ -> false);

    private final String text;
    private final Predicate<ServerVersion> rule;

    Servers(String text, Predicate<ServerVersion> rule) {
        this.text = text;
        this.rule = rule;
    }

    boolean has(ServerVersion server) {
        return rule.test(server);
    }

    List<ServerVersion> versions() {
        return Arrays.stream(ServerVersion.values()).filter(rule).toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
