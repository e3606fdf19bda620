package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.Option;
import io.opendts.engines.mysql.schema.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The options of a table as SHOW CREATE TABLE prints them: none that says what would be so anyway. Pure. */
final class TableOptions {

    private static final Set<String> ENGINES = Set.of("INNODB", "MYISAM", "MEMORY", "HEAP", "CSV", "ARCHIVE", "BLACKHOLE", "ARIA",
            "ROCKSDB", "NDB", "NDBCLUSTER", "MRG_MYISAM", "MERGE", "FEDERATED", "TOKUDB", "SPIDER", "S3", "CONNECT", "MROONGA", "OQGRAPH",
            "SEQUENCE", "COLUMNSTORE");
    /** What each of these is without being said. */
    private static final Map<String, String> SILENT = Map.ofEntries(Map.entry("COMMENT", ""), Map.entry("KEY_BLOCK_SIZE", "0"),
            Map.entry("CHECKSUM", "0"), Map.entry("DELAY_KEY_WRITE", "0"), Map.entry("MIN_ROWS", "0"), Map.entry("MAX_ROWS", "0"),
            Map.entry("AVG_ROW_LENGTH", "0"), Map.entry("INSERT_METHOD", "NO"), Map.entry("CONNECTION", ""),
            Map.entry("COMPRESSION", ""), Map.entry("ENGINE_ATTRIBUTE", ""), Map.entry("SECONDARY_ENGINE_ATTRIBUTE", ""));

    private TableOptions() {}

    static List<Option> of(TableDefinition old, TableDefaults defaults, List<Clause> clauses) {
        Map<String, List<Token>> options = new LinkedHashMap<>();
        old.options().forEach(o -> options.put(o.name(), o.value()));
        for (Clause clause : clauses) {
            if (clause instanceof Clause.SetOption(String name, List<Token> value)) {
                set(options, name, value);
            }
        }
        options.put("CHARSET", List.of(Token.word(defaults.charset())));
        options.put("COLLATE", List.of(Token.word(defaults.collation())));
        return options.entrySet().stream().map(o -> new Option(o.getKey(), o.getValue())).toList();
    }

    private static void set(Map<String, List<Token>> options, String name, List<Token> value) {
        String text = value.isEmpty() ? "" : value.getFirst().value();
        if (name.equals("KEY_BLOCK_SIZE") && options.containsKey(name) && !Token.text(options.get(name)).equals(text)) {
            throw new NotUnderstood("KEY_BLOCK_SIZE=" + text + " where keys have another one, and some keep it");
        }
        if (text.equalsIgnoreCase("DEFAULT") || text.equalsIgnoreCase(SILENT.getOrDefault(name, "DEFAULT")) || name.equals("UNION")) {
            options.remove(name);
            return;
        }
        options.put(name, switch (name) {
            case "ENGINE" -> List.of(Token.word(engine(text)));
            case "TABLESPACE" -> List.of(Token.name(text));
            default -> value;
        });
    }

    private static String engine(String name) {
        if (!ENGINES.contains(name.toUpperCase(Locale.ROOT))) {
            throw new NotUnderstood("storage engine " + name + ", for which the server may take another");
        }
        return name;
    }

    /** The clause after which an option is not said any more. */
    static String unset(String name) {
        String silent = SILENT.get(name);
        boolean number = silent != null && silent.matches("\\d+|NO");
        return name + "=" + (silent == null ? "DEFAULT" : number ? silent : Token.string(silent).text());
    }

    static String engine(TableDefinition old, List<Clause> clauses) {
        return clauses.stream().filter(c -> c instanceof Clause.SetOption(String set, _) && set.equals("ENGINE"))
                .map(c -> ((Clause.SetOption) c).value().getFirst().value()).reduce((_, last) -> last)
                .orElse(old.option("ENGINE").orElse("InnoDB"));
    }
}
