package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.copy.Literals;
import io.opendts.engines.mysql.wire.LoadSource;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Relation;
import io.opendts.model.RowReader;
import io.opendts.spi.RowSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes packed rows as the "file" of a LOAD DATA statement in character set binary. Proved on MySQL 5.7, 8.0, 9.7 and
 * MariaDB 10.11, 11.4: raw bytes enter columns of any character set, BIT, ENUM, SET, GEOMETRY and VECTOR as they are; JSON
 * refuses them, UUID and INET make them NULL with a warning, so these three go through a variable and CONVERT.
 * One thread; one instance a load.
 */
final class RowFile implements RowSink {

    static final int BUFFER_BYTES = 256 << 10;

    private final LoadSource.Sink sink;
    private final JsonForm json;
    private final RowSink inexact;
    private final ColumnKind[] kinds;
    private final EnumErrors enumErrors;
    private final RowReader reader = new RowReader();
    private final SqlBytes lines = new SqlBytes(BUFFER_BYTES + (64 << 10));
    private long emptyEnums;

    /** @param inexact takes the rows with documents that a file cannot bring exactly; they are not in the file */
    RowFile(Relation relation, JsonForm json, LoadSource.Sink sink, RowSink inexact) {
        this.json = json;
        this.inexact = inexact;
        this.sink = sink;
        this.kinds = relation.columns().stream().map(Column::kind).toArray(ColumnKind[]::new);
        this.enumErrors = new EnumErrors(relation.columns());
    }

    /** @param keep see {@link Loader#load(java.util.List, boolean)} */
    static String statement(Relation relation, boolean keep) {
        List<String> fields = new ArrayList<>();
        List<String> converted = new ArrayList<>();
        for (int i = 0; i < relation.columns().size(); i++) {
            Column column = relation.columns().get(i);
            String name = SqlBytes.quoted(column.name());
            boolean text = column.kind() == ColumnKind.JSON || column.kind() == ColumnKind.UUID || column.kind() == ColumnKind.INET;
            fields.add(text ? "@dts" + i : name);
            if (text) {
                converted.add(name + "=CONVERT(@dts" + i + " USING utf8mb4)");
            }
        }
        relation.dataSource().ifPresent(from -> converted.add(DataSource.COLUMN + "=" + DataSource.literal(from)));
        return "LOAD DATA LOCAL INFILE 'opendts' " + (keep ? "IGNORE " : relation.keyless() ? "" : "REPLACE ") + "INTO TABLE "
                + name(relation) + " CHARACTER SET binary FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' ("
                + String.join(",", fields) + ")" + (converted.isEmpty() ? "" : " SET " + String.join(",", converted));
    }

    static String name(Relation relation) {
        return SqlBytes.quoted(relation.target().database()) + "." + SqlBytes.quoted(relation.target().name());
    }

    @Override
    public void row(byte[] buffer, int offset, int length) throws IOException {
        if (json != JsonForm.TEXT && inexact(buffer, offset, length)) {
            inexact.row(buffer, offset, length);
            return;
        }
        reader.reset(buffer, offset, length);
        for (int i = 0; i < kinds.length; i++) {
            if (i > 0) {
                lines.raw('\t');
            }
            if (!reader.next()) {
                lines.loadNull();
                continue;
            }
            value(i, buffer);
        }
        lines.raw('\n');
        if (lines.size() >= BUFFER_BYTES) {
            flush();
        }
    }

    private boolean inexact(byte[] buffer, int offset, int length) {
        reader.reset(buffer, offset, length);
        for (ColumnKind kind : kinds) {
            if (reader.next() && kind == ColumnKind.JSON && JsonLiteral.needed(json, buffer, reader.offset(), reader.length())) {
                return true;
            }
        }
        return false;
    }

    private void value(int i, byte[] buffer) {
        switch (kinds[i]) {
            // nothing to escape in what the server prints of these
            case INTEGER, DECIMAL, DOUBLE, DATE, TIME, DATETIME, TIMESTAMP, YEAR, UUID, INET ->
                    lines.raw(buffer, reader.offset(), reader.length());
            case FLOAT -> lines.raw(Literals.floatText(buffer, reader.offset(), reader.length()).getBytes(StandardCharsets.US_ASCII));
            case ENUM -> {
                emptyEnums += enumErrors.is(i, reader.length()) ? 1 : 0;
                lines.loadField(buffer, reader.offset(), reader.length());
            }
            case BIT, TEXT, BYTES, SET, JSON, GEOMETRY, VECTOR -> lines.loadField(buffer, reader.offset(), reader.length());
        }
    }

    void flush() {
        sink.write(lines.buffer(), 0, lines.size());
        lines.clear();
    }

    /** How many complaints about empty ENUM values are due. */
    long emptyEnums() {
        return emptyEnums;
    }
}
