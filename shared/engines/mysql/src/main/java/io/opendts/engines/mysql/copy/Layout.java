package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Column;
import io.opendts.model.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whether a server's table is still the one that is known. */
public final class Layout {

    private Layout() {}

    /** In a transaction that has read the table this stays true until its end: the server lets nobody alter it meanwhile. */
    public static boolean holds(MySqlConnection connection, Table table) {
        Optional<Table> there = CatalogReader.table(WireSession.reading(connection, _ -> { }), table.id());
        return there.filter(now -> columns(now).equals(columns(table)) && now.keys().equals(table.keys())).isPresent();
    }

    private static List<String> columns(Table table) {
        return table.columns().stream().map(Layout::plain).toList();
    }

    /** Servers of one line print utf8mb3 by either of its names. */
    private static String plain(Column column) {
        return column.toString().toLowerCase(Locale.ROOT).replaceAll("\\butf8(?=[_\\]\\s,]|$)", "utf8mb3");
    }
}
