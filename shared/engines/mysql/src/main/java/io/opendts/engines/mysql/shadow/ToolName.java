package io.opendts.engines.mysql.shadow;

import io.opendts.model.TableId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a name says that a tool for schema changes has given to a table or a trigger. Names alone prove nothing: people give such
 * names too. Sources: gh-ost, doc/command-line-flags.md and doc/resume.md; pt-online-schema-change, --new-table-name; the patterns that
 * DTS publishes for shadow tables.
 *
 * @param beside the table that the tool changes
 */
public record ToolName(TableId beside, Role role) {

    public enum Role {
        /** {@code _T_gho}, {@code _T_new}: it is filled. */
        REPLACEMENT,
        /** {@code _T_ghc}, {@code _T_ghk}: the tool's own. */
        LOG,
        /** {@code _T_del}, {@code _T_old}: the table after it was replaced; gh-ost makes one for a moment before too. */
        OLD
    }

    private static final Pattern NAME = Pattern.compile("_+(.+)_(gho|ghc|ghk|del|new|old)", Pattern.DOTALL);
    private static final Pattern TIMESTAMP = Pattern.compile("(.+)_\\d{14}", Pattern.DOTALL);
    private static final List<String> GH_OST = List.of("gho", "ghc", "ghk", "del");
    private static final int NAME_MAX = 64;
    private static final String TRIGGER = "pt_osc_";
    private static final List<String> TRIGGERS = List.of("_ins", "_upd", "_del");
    private static final int TRIGGER_MAX = 60;

    /**
     * @param known  whether there is such a table
     * @param tables all that are there of a database, for names that the tools cut
     * @return empty where no table is there that the name speaks of
     */
    public static Optional<ToolName> of(TableId id, Predicate<TableId> known, Function<String, List<TableId>> tables) {
        Matcher name = NAME.matcher(id.name());
        Optional<ToolName> whole = name.matches()
                ? besides(id.name().substring(0, name.start(2) - 1)).map(table -> new TableId(id.database(), table)).filter(known)
                        .findFirst().map(table -> new ToolName(table, role(name.group(2))))
                : Optional.empty();
        return whole.or(() -> id.name().length() == NAME_MAX || bytes(id.name()) == NAME_MAX
                ? cut(id, tables.apply(id.database())) : Optional.empty());
    }

    /** A table's own name may begin with underscores too: the longest is asked for first. */
    private static Stream<String> besides(String prefixed) {
        return IntStream.range(1, prefixed.length()).takeWhile(i -> prefixed.charAt(i - 1) == '_').mapToObj(prefixed::substring)
                .flatMap(table -> {
                    Matcher dated = TIMESTAMP.matcher(table);
                    return dated.matches() ? Stream.of(table, dated.group(1)) : Stream.of(table);
                });
    }

    private static Role role(String suffix) {
        return switch (suffix) {
            case "gho", "new" -> Role.REPLACEMENT;
            case "ghc", "ghk" -> Role.LOG;
            default -> Role.OLD;
        };
    }

    /** gh-ost cuts the table's part, pt-online-schema-change the end. Two tables that would be cut to the same name prove nothing. */
    private static Optional<ToolName> cut(TableId id, List<TableId> tables) {
        List<ToolName> meant = tables.stream().flatMap(table -> Stream.concat(
                GH_OST.stream().filter(suffix -> inFront(table.name(), suffix).equals(id.name())),
                Stream.of("new", "old").filter(suffix -> behind(table.name(), suffix).equals(id.name())).limit(1))
                .map(suffix -> new ToolName(table, role(suffix)))).distinct().toList();
        return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
    }

    private static String inFront(String table, String suffix) {
        int room = NAME_MAX - suffix.length() - 2;
        byte[] name = table.getBytes(StandardCharsets.UTF_8);
        return name.length <= room ? "" : "_" + new String(name, 0, room, StandardCharsets.UTF_8) + "_" + suffix;
    }

    private static String behind(String table, String suffix) {
        String name = "_" + table + "_" + suffix;
        return name.length() <= NAME_MAX ? "" : name.substring(0, NAME_MAX);
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether pt-online-schema-change would give this name to a trigger of the table. */
    public static boolean isTrigger(String name, TableId table) {
        String prefix = (TRIGGER + table.database() + "_" + table.name()).replaceAll("[^A-Za-z0-9_]", "_");
        String cut = prefix.length() > TRIGGER_MAX ? prefix.substring(0, TRIGGER_MAX) : prefix;
        return TRIGGERS.stream().anyMatch(suffix -> name.equalsIgnoreCase(cut + suffix));
    }

    /** A table that gh-ost fills. */
    public static boolean isGhOst(String name) {
        return name.endsWith("_gho");
    }

    /** What gh-ost notes its progress in: from its beginning to its end. */
    public static boolean isGhOstLog(String name) {
        return name.endsWith("_ghc");
    }

    /** How many triggers the tool makes, one for each kind of change. */
    public static int triggers() {
        return TRIGGERS.size();
    }
}
