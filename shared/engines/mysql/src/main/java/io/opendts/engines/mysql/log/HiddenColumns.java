package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SystemVersioning;
import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.Table;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many columns of each kind the log has of a table that its catalog does not show. Counted exactly: one more is a column that
 * the description lacks.
 *
 * @param lifeEnds   the two ends of a row's life, behind all columns of a table of MariaDB that keeps history
 * @param rowHashes  one for each unique key that MariaDB keeps by a hash, behind all columns
 * @param functional one for each functional part of a key, where the key was when it was made
 */
record HiddenColumns(int lifeEnds, int rowHashes, int functional) {

    /** The versions of MySQL that log them: measured on 8.0.15; from 8.0.18 on they are left out (its release notes). */
    private static final int FUNCTIONAL_FROM = 80_013;
    private static final int FUNCTIONAL_BEFORE = 80_018;

    /** @param writer the server that wrote the log */
    static HiddenColumns of(Table table, ServerVersion writer) {
        int lifeEnds = SystemVersioning.of(table).map(SystemVersioning::hidden).orElse(0);
        boolean hashed = writer.mariaDb() && table.definition().contains("USING HASH");
        boolean functional = writer.mySqlFrom(FUNCTIONAL_FROM) && !writer.mySqlFrom(FUNCTIONAL_BEFORE);
        if (!hashed && !functional) {
            return new HiddenColumns(lifeEnds, 0, 0);
        }
        List<KeyPart> keys = TableDefinition.parse(table.definition()).keys();
        return new HiddenColumns(lifeEnds, hashed ? (int) keys.stream().filter(key -> hashed(key, table)).count() : 0,
                functional ? (int) keys.stream().mapToLong(HiddenColumns::functionalParts).sum() : 0);
    }

    private static long functionalParts(KeyPart key) {
        return key.columns().stream().filter(part -> part.column().isEmpty()).count();
    }

    /** MEMORY has real hash indexes; other engines of MariaDB keep the hash in a column. */
    private static boolean hashed(KeyPart key, Table table) {
        List<Token> words = key.suffix().stream().filter(Token::word).toList();
        return key.kind() == KeyPart.Kind.UNIQUE && !table.storageEngine().equalsIgnoreCase("MEMORY")
                && IntStream.range(1, words.size()).anyMatch(i -> words.get(i - 1).is("USING") && words.get(i).is("HASH"));
    }
}
