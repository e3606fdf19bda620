package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.TableScript.Problem;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.SchemaPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a target will not have, or will have otherwise, found before anything is made. Only reads.
 *
 * @param problems    why some objects cannot be made; empty when all can
 * @param differences what will not be as on the source, each for the user to read
 */
public record SchemaReview(List<Problem> problems, List<String> differences) {

    private static final int NAME_CHARACTERS_MAX = 64;

    public SchemaReview {
        problems = List.copyOf(problems);
        differences = List.copyOf(differences);
    }

    public static SchemaReview of(SchemaPlan plan, SqlSession session) {
        List<String> differences = new ArrayList<>();
        Target target = new Target(session, differences::add);
        target.prepare();
        TargetFacts facts = TargetFacts.read(session);
        Trial trial = new Trial(session);
        List<Problem> problems = new ArrayList<>();
        Set<TableId> made = new HashSet<>();
        SchemaMaker.tables(plan, facts, (table, script) -> {
            made.add(folded(script.target(), facts));
            differences.addAll(script.notes());
            problems.addAll(problems(plan, table, script, trial));
        });
        Map<SchemaObject, ObjectScript> objects = SchemaMaker.objects(plan, facts);
        objects.values().forEach(script -> {
            problems.addAll(script.problems());
            differences.addAll(script.notes());
        });
        views(plan, objects, made, target, facts, problems);
        Set<String> known = new HashSet<>(problems.stream().map(Problem::object).toList());
        objects.forEach((object, script) -> {
            if (!known.contains(object.id().toString())) {
                trial.refusal(script).ifPresent(reason -> problems.add(new Problem(object.id().toString(), reason)));
            }
        });
        return new SchemaReview(problems, differences);
    }

    /** What is known to be wrong needs no trial. */
    private static List<Problem> problems(SchemaPlan plan, Table table, TableScript script, Trial trial) {
        List<Problem> problems = new ArrayList<>(script.problems());
        names(plan, table, problems);
        if (problems.isEmpty()) {
            statements(script).map(trial::refusal).flatMap(Optional::stream).findFirst()
                    .ifPresent(reason -> problems.add(new Problem(table.id().toString(), reason)));
        }
        return problems;
    }

    /** Indexes too: each may use what the target's version does not know. */
    private static Stream<String> statements(TableScript script) {
        String alter = "ALTER TABLE " + SqlNames.quote(script.target()) + " ";
        return Stream.concat(Stream.of(script.create()),
                Stream.concat(script.indexes().stream(), script.foreignKeys().stream()).map(a -> alter + a.clause()));
    }

    /** A view over what is neither selected nor on the target would fail when it is made. */
    private static void views(SchemaPlan plan, Map<SchemaObject, ObjectScript> objects, Set<TableId> made, Target target,
                              TargetFacts facts, List<Problem> problems) {
        objects.values().stream().filter(s -> s.kind() == Kind.VIEW || s.kind() == Kind.SEQUENCE)
                .forEach(script -> made.add(folded(script.target(), facts)));
        objects.forEach((view, script) -> {
            if (view.kind() != Kind.VIEW) {
                return;
            }
            for (TableId source : ViewSources.of(view.definition(), view.id().database())) {
                TableId there = folded(there(plan, source), facts);
                boolean systems = CatalogReader.SYSTEM_DATABASES.contains(source.database());
                if (!systems && !made.contains(there) && !target.tables(there.database()).contains(there.name())) {
                    problems.add(new Problem(view.id().toString(), "it reads " + source
                            + ", which is not selected and not on the target"));
                }
            }
        });
    }

    private static TableId there(SchemaPlan plan, TableId source) {
        return plan.selector().table(source).map(Route::target).or(() -> plan.selector().object(Kind.VIEW, source))
                .orElseGet(() -> new TableId(plan.selector().database(source.database()).orElse(source.database()), source.name()));
    }

    private static TableId folded(TableId id, TargetFacts facts) {
        return new TableId(facts.folded(id.database()), facts.folded(id.name()));
    }

    private static void names(SchemaPlan plan, Table table, List<Problem> problems) {
        String name = table.id().toString();
        plan.selector().table(table.id()).ifPresent(route -> {
            name(name, route.target().database(), "database", problems);
            name(name, route.target().name(), "table", problems);
            route.renames().values().forEach(column -> name(name, column, "column", problems));
        });
    }

    /** Identifiers are of the three-byte UTF-8, 64 characters long at most, and do not end with a blank. */
    private static void name(String object, String name, String kind, List<Problem> problems) {
        String reason = name.isEmpty() ? "is empty"
                : name.length() > NAME_CHARACTERS_MAX ? "has " + name.length() + " characters, 64 are allowed"
                : name.endsWith(" ") ? "ends with a blank"
                : name.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? "has a character that takes four bytes"
                : name.indexOf(0) >= 0 ? "has a character with the code 0" : "";
        if (!reason.isEmpty()) {
            problems.add(new Problem(object, "the " + kind + " name '" + name + "' on the target " + reason));
        }
    }
}
