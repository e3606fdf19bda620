package io.opendts.engines.mysql.filter;

import io.opendts.model.ColumnKind;
import io.opendts.model.filter.Condition.Comparison;
import io.opendts.model.filter.Operand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Makes the comparisons that the server decides. One filter each. */
final class TextAtoms {

    private final List<ServerAtom> atoms;

    /** @param atoms to which each that is made is added */
    TextAtoms(List<ServerAtom> atoms) {
        this.atoms = atoms;
    }

    private ServerAtom add(List<ColumnRef> columns, List<String> parts, SureEquality sure) {
        ServerAtom atom = new ServerAtom(atoms.size(), columns, parts, sure);
        atoms.add(atom);
        return atom;
    }

    Predicate compare(Comparison comparison, ColumnRef column, Operand literal) {
        String text = text(column, literal);
        ordered(comparison, column, literal.at());
        SureEquality sure = equality(comparison)
                ? SureEquality.of(column.column(), List.of(text), comparison == Comparison.NOT_EQUAL).orElse(null) : null;
        return add(List.of(column), List.of("", " " + comparison.sign() + " " + literal(text)), sure);
    }

    Predicate compare(Comparison comparison, ColumnRef left, ColumnRef right, int at) {
        boolean alike = left.column().kind() == ColumnKind.TEXT && right.column().kind() == ColumnKind.TEXT
                && left.column().collation().equals(right.column().collation());
        if (!alike) {
            throw new Untypable(at, "compares the columns " + left.column().name() + " and " + right.column().name()
                    + ", which are not texts of one collation", "Compare each with a literal.");
        }
        return add(List.of(left, right), List.of("", " " + comparison.sign() + " ", ""), null);
    }

    Predicate in(ColumnRef column, List<Operand> list) {
        List<String> texts = list.stream().map(o -> text(column, o)).toList();
        String in = texts.stream().map(TextAtoms::literal).collect(Collectors.joining(",", " IN (", ")"));
        return add(List.of(column), List.of("", in), SureEquality.of(column.column(), texts, false).orElse(null));
    }

    Predicate like(ColumnRef column, Operand.Text pattern, String escape) {
        boolean bytes = TypeGroup.of(column.column()) == TypeGroup.BYTES;
        if (!bytes && TypeGroup.of(column.column()) != TypeGroup.TEXT) {
            throw new Untypable(pattern.at(), "has LIKE on column " + column.column().name() + ", which is no text but "
                    + column.column().nativeType(), "Use =, <, > or BETWEEN.");
        }
        String hex = (bytes ? "_binary x'" : "_utf8mb4 x'") + hex(pattern.value()) + "'";
        String quoted = escape.replace("\\", "\\\\").replace("'", "''");
        return add(List.of(column), List.of("", " LIKE " + hex + " ESCAPE '" + quoted + "'"), null);
    }

    private static boolean equality(Comparison comparison) {
        return switch (comparison) {
            case EQUAL, NOT_EQUAL -> true;
            case NULL_SAFE_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> false;
        };
    }

    private static void ordered(Comparison comparison, ColumnRef column, int at) {
        if (!equality(comparison) && column.column().kind() != ColumnKind.TEXT) {
            throw new Untypable(at, "asks for an order of the " + column.column().kind() + " column " + column.column().name()
                    + ": servers order it by label or by number",
                    "Name the labels, as in " + column.column().name() + " IN ('a', 'b').");
        }
    }

    private static String text(ColumnRef column, Operand literal) {
        if (literal instanceof Operand.Text(String value, _)) {
            return value;
        }
        throw new Untypable(literal.at(), "compares the text column " + column.column().name() + " with something else than a string",
                "Put the value into quotes.");
    }

    static String literal(String text) {
        return "_utf8mb4 x'" + hex(text) + "'";
    }

    private static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
