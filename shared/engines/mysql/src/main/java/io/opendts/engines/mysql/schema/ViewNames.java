package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.ObjectNames.Known;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries the text of one view, as SHOW CREATE VIEW prints it, to the names of the target: there every name is quoted, every column
 * has its table's name or alias in front, and every result column is named by AS, so that a view shows what it showed. One use.
 */
final class ViewNames {

    private static final Set<String> BEFORE_TABLE = Set.of("FROM", "JOIN", "STRAIGHT_JOIN");

    /** @param renamed whether columns name it by its own name; else by an alias, which stays */
    private record Ref(Known table, boolean renamed) {}

    private final ObjectNames names;
    private final TableId view;
    private final Findings findings;
    private final String home;
    private final List<Token> tokens;
    private final Map<String, Ref> refs = new HashMap<>();
    private final Set<String> common = new HashSet<>();
    /** Index of the first token of a name to how many tokens it has, of those that are tables. */
    private final Map<Integer, Integer> tables = new HashMap<>();

    private ViewNames(ObjectNames names, TableId view, String home, List<Token> tokens, Findings findings) {
        this.names = names;
        this.view = view;
        this.home = home;
        this.tokens = tokens;
        this.findings = findings;
    }

    /** @param home the view's database on the target */
    static List<Token> mapped(ObjectNames names, TableId view, String home, List<Token> tokens, Findings findings) {
        ViewNames one = new ViewNames(names, view, home, tokens, findings);
        one.findCommon();
        one.findTables();
        return one.write();
    }

    /** WITH name [(columns)] AS (: it hides a table of that name. */
    private void findCommon() {
        for (int i = 0; i < tokens.size(); i++) {
            int next = after(i);
            if (tokens.get(i).kind() == Token.Kind.NAME && next < tokens.size() && tokens.get(next).is("AS")
                    && after(next) < tokens.size() && tokens.get(after(next)).symbol('(')) {
                common.add(tokens.get(i).value());
            }
        }
    }

    private void findTables() {
        boolean wanted = false;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.blank() || wanted && token.symbol('(')) {
                continue;
            }
            if (wanted && token.kind() == Token.Kind.NAME) {
                i = table(i);
            }
            wanted = token.word() && BEFORE_TABLE.contains(token.text().toUpperCase(Locale.ROOT));
        }
    }

    /** Answers the index of the name's last token. */
    private int table(int from) {
        int parts = chain(from);
        int last = from + 2 * (parts - 1);
        String database = parts == 1 ? view.database() : tokens.get(from).value();
        String name = tokens.get(last).value();
        if (parts == 1 && common.contains(name)) {
            return last;
        }
        Optional<Known> known = names.table(database, name);
        if (known.isEmpty()) {
            if (names.touches(database)) {
                findings.problem(view.toString(), "it reads " + database + "." + name + ", which the task does not carry");
            }
            return last;
        }
        if (known.get().merged()) {
            findings.problem(view.toString(), "it reads " + database + "." + name + ", which is merged with other tables");
        }
        tables.put(from, parts);
        int next = after(last);
        boolean aliased = next < tokens.size() && tokens.get(next).kind() == Token.Kind.NAME;
        Ref ref = new Ref(known.get(), !aliased);
        refs.put(aliased ? tokens.get(next).value() : name, ref);
        if (!aliased && parts == 2) {
            refs.put(database + "." + name, ref);
        }
        return last;
    }

    private List<Token> write() {
        List<Token> out = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).kind() != Token.Kind.NAME) {
                out.add(tokens.get(i));
                continue;
            }
            int parts = chain(i);
            int last = i + 2 * (parts - 1);
            if (tables.containsKey(i)) {
                writeTable(i, last, out);
            } else {
                writeColumn(i, parts, out);
            }
            i = last;
        }
        return out;
    }

    private void writeTable(int from, int last, List<Token> out) {
        String database = last == from ? view.database() : tokens.get(from).value();
        TableId to = names.table(database, tokens.get(last).value()).orElseThrow().target();
        if (last != from || !to.database().equals(home)) {
            out.add(Token.name(to.database()));
            out.add(new Token(Token.Kind.SYMBOL, "."));
        }
        out.add(Token.name(to.name()));
    }

    private void writeColumn(int from, int parts, List<Token> out) {
        List<String> path = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            path.add(tokens.get(from + 2 * i).value());
        }
        int end = from + 2 * parts - 1;
        boolean called = end < tokens.size() && tokens.get(end).symbol('(');
        Ref ref = called || parts == 1 ? null : ref(path.subList(0, parts - 1));
        if (parts == 3 || parts == 2 && called) {
            path.set(0, ref != null && ref.renamed ? ref.table.target().database()
                    : names.database(path.getFirst()).orElse(path.getFirst()));
        }
        if (ref != null) {
            if (ref.renamed) {
                path.set(parts - 2, ref.table.target().name());
            }
            String column = path.get(parts - 1);
            Optional<String> to = ref.table.column(column);
            if (to.isEmpty()) {
                findings.problem(view.toString(), "it reads the column " + path.get(parts - 2) + "." + column + ", which stays behind");
            }
            path.set(parts - 1, to.orElse(column));
        }
        for (int i = 0; i < parts; i++) {
            if (i > 0) {
                out.add(new Token(Token.Kind.SYMBOL, "."));
            }
            out.add(Token.name(path.get(i)));
        }
    }

    private Ref ref(List<String> qualifier) {
        Ref whole = refs.get(String.join(".", qualifier));
        return whole != null ? whole : refs.get(qualifier.getLast());
    }

    /** How many quoted names hang together from here on, with points between them. */
    private int chain(int from) {
        int parts = 1;
        int at = from + 1;
        while (at + 1 < tokens.size() && tokens.get(at).symbol('.') && tokens.get(at + 1).kind() == Token.Kind.NAME) {
            parts++;
            at += 2;
        }
        return parts;
    }

    private int after(int i) {
        int next = i + 1;
        while (next < tokens.size() && tokens.get(next).blank()) {
            next++;
        }
        return next;
    }
}
