package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.TableDefinition.Option;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes a table's options and partitions for a target. */
final class OptionRenderer {

    private static final Set<String> EVERYWHERE = Set.of("AUTO_INCREMENT", "COMMENT", "ROW_FORMAT", "KEY_BLOCK_SIZE", "STATS_PERSISTENT",
            "STATS_AUTO_RECALC", "STATS_SAMPLE_PAGES", "CHECKSUM", "DELAY_KEY_WRITE", "MIN_ROWS", "MAX_ROWS", "AVG_ROW_LENGTH", "PACK_KEYS",
            "INSERT_METHOD");
    /** Tied to the source's machine: its folders, keys, table spaces. */
    private static final Set<String> NOWHERE = Set.of("DATA DIRECTORY", "INDEX DIRECTORY", "TABLESPACE", "ENCRYPTION", "ENCRYPTED",
            "ENCRYPTION_KEY_ID", "CONNECTION", "UNION", "SECONDARY_ENGINE");

    /** A row and the record of how far the task is must be written together or not at all; BLACKHOLE holds no rows. */
    private static final Set<String> KEPT_ENGINES = Set.of("INNODB", "ROCKSDB", "TOKUDB", "NDBCLUSTER", "NDB", "BLACKHOLE");
    /** Options that another engine does not have, or means otherwise. */
    private static final Set<String> ENGINES_OWN = Set.of("ROW_FORMAT", "KEY_BLOCK_SIZE", "CHECKSUM", "DELAY_KEY_WRITE", "PACK_KEYS",
            "INSERT_METHOD", "TRANSACTIONAL", "PAGE_CHECKSUM", "TABLE_CHECKSUM", "MIN_ROWS", "MAX_ROWS", "AVG_ROW_LENGTH");

    private final TableId table;
    private final TableDefinition definition;
    private final Dialect dialect;
    private final Map<String, String> names;
    private final Set<String> gone;
    private final String engine;

    OptionRenderer(TableId table, TableDefinition definition, Dialect dialect, Map<String, String> names, Set<String> gone) {
        this.table = table;
        this.definition = definition;
        this.dialect = dialect;
        this.names = names;
        this.gone = gone;
        this.engine = engine();
    }

    /** By name, in the order of the source. */
    Map<String, String> options() {
        Map<String, String> out = new LinkedHashMap<>();
        boolean collated = definition.option("COLLATE").isPresent();
        boolean otherEngine = !engine.equalsIgnoreCase(definition.option("ENGINE").orElse(engine));
        for (Option option : definition.options()) {
            String value = Token.text(option.value());
            if (otherEngine && ENGINES_OWN.contains(option.name())) {
                continue;
            }
            switch (option.name()) {
                case "ENGINE" -> out.put("ENGINE", "ENGINE=" + engine);
                case "CHARSET", "CHARACTER SET" -> out.put("CHARSET", "DEFAULT CHARSET=" + dialect.charset(table.toString(), value)
                        + (collated ? "" : defaultCollation(value)));
                case "COLLATE" -> {
                    // MySQL 8.0.15 takes binary for a character set alone, which has no other collation
                    if (!value.equals("binary")) {
                        out.put("COLLATE", "COLLATE=" + dialect.collation(table.toString(), value));
                    }
                }
                case "WITH SYSTEM VERSIONING" -> {
                    if (dialect.toMariaDb()) {
                        out.put(option.name(), "WITH SYSTEM VERSIONING");
                    } else {
                        dialect.findings().note(table.toString(), "WITH SYSTEM VERSIONING is left out: MySQL keeps no history");
                    }
                }
                default -> other(option, value, out);
            }
        }
        return out;
    }

    private String defaultCollation(String charset) {
        return Collations.printedDefault(charset, dialect.source())
                .map(c -> " COLLATE=" + dialect.collation(table.toString(), c)).orElse("");
    }

    private void other(Option option, String value, Map<String, String> out) {
        boolean own = dialect.sameFamily() && !NOWHERE.contains(option.name());
        if (EVERYWHERE.contains(option.name()) || own) {
            String name = option.name().contains(" ") || EVERYWHERE.contains(option.name()) || !dialect.toMariaDb()
                    ? option.name() : option.name().toLowerCase(Locale.ROOT);
            out.put(option.name(), name + '=' + value);
        } else {
            dialect.findings().note(table.toString(), option.name() + "=" + value + " is left out: it belongs to the source's server");
        }
    }

    private String engine() {
        String wanted = definition.option("ENGINE").orElse("InnoDB");
        String name = wanted.toUpperCase(Locale.ROOT);
        boolean known = KEPT_ENGINES.contains(name) && dialect.target().engines().contains(name);
        boolean unfit = !definition.partition().isEmpty() && dialect.target().version().mySqlFrom(80000)
                && !Set.of("INNODB", "NDBCLUSTER", "NDB").contains(name);
        if (known && !unfit) {
            return wanted;
        }
        dialect.findings().note(table.toString(), "storage engine " + wanted + " becomes InnoDB: rows and the task's progress are written"
                + " in one transaction");
        return "InnoDB";
    }

    /** Empty for none. */
    String partitions() {
        List<Token> clause = definition.partition();
        if (clause.isEmpty()) {
            return "";
        }
        if (uses(clause)) {
            dialect.findings().note(table.toString(), "the partitions are left out: they use a column that stays behind");
            return "";
        }
        if (clause.stream().anyMatch(t -> t.is("SYSTEM_TIME")) && !dialect.toMariaDb()) {
            dialect.findings().note(table.toString(), "the partitions by SYSTEM_TIME are left out: MySQL keeps no history");
            return "";
        }
        return Token.text(partitionTokens(clause)).strip();
    }

    private boolean uses(List<Token> clause) {
        return IntStream.range(0, clause.size()).anyMatch(i -> column(clause, i) && gone.contains(clause.get(i).value()));
    }

    /** MySQL 5.7 prints columns in this clause without quotes, so bare words inside of brackets before the partitions are names too. */
    private List<Token> partitionTokens(List<Token> clause) {
        List<Token> out = new ArrayList<>();
        int depth = 0;
        boolean listed = false;
        for (int i = 0; i < clause.size(); i++) {
            Token token = clause.get(i);
            depth += token.symbol('(') ? 1 : token.symbol(')') ? -1 : 0;
            listed |= depth == 1 && token.is("PARTITION");
            if (token.is("ENGINE") && listed) {
                i = valueAt(clause, i);
                out.add(Token.word("ENGINE = " + engine));
            } else if (listed && (token.is("DATA") || token.is("INDEX") || token.is("TABLESPACE")) && depth > 0) {
                i = valueAt(clause, i);
                dialect.findings().note(table.toString(), "the place of a partition is left out: it belongs to the source's server");
            } else if (token.is("ALGORITHM") && dialect.toMariaDb() && !dialect.sameFamily()) {
                i = valueAt(clause, i);
            } else if (!listed && depth > 0 && column(clause, i)) {
                out.add(Token.name(names.get(token.value())));
            } else {
                out.add(token);
            }
        }
        return out;
    }

    /** A bare word before a bracket is a function, even where a column has its name. */
    private boolean column(List<Token> clause, int i) {
        Token token = clause.get(i);
        boolean called = token.word() && i + 1 < clause.size() && clause.get(i + 1).symbol('(');
        return token.named() && !called && names.containsKey(token.value());
    }

    /** The index of the value in {@code NAME [WORD] = value}, or in {@code NAME value}. */
    private static int valueAt(List<Token> tokens, int from) {
        int i = from + 1;
        while (i < tokens.size() && (tokens.get(i).blank() || tokens.get(i).symbol('=') || tokens.get(i).is("DIRECTORY"))) {
            i++;
        }
        return i;
    }
}
