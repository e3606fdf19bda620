package io.opendts.model.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.filter.FilterParser.Parsed;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A filter is read as MySQL reads a condition, or refused at the place where it stops being one of those. */
class FilterParserTest {

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', value = {
        "a = 1 OR b = 2 AND c = 3           → (a = 1 or (b = 2 and c = 3))",
        "a = 1 XOR b = 2 OR c = 3           → ((a = 1 xor b = 2) or c = 3)",
        "a = 1 OR b = 2 XOR c = 3 AND d     → (a = 1 or (b = 2 xor (c = 3 and d)))",
        "NOT a = 1 AND b = 2                → (not(a = 1) and b = 2)",
        "NOT NOT a                          → not(not(a))",
        "! a = 1                            → !",
        "(a) IN (1, -2, NULL)               → a in [1, -2, null]",
        "a NOT IN ('x')                     → not(a in ['x'])",
        "a BETWEEN 1 AND 2 AND b            → ((a >= 1 and a <= 2) and b)",
        "a NOT BETWEEN 1 + 1 AND 2 OR b     → (not((a >= (1 + 1) and a <= 2)) or b)",
        "a != 1 && b || c                   → ((a <> 1 and b) or c)",
        "a <=> NULL                         → a <=> null",
        "a IS NULL                          → a is null",
        "a IS NOT NULL AND b IS NOT TRUE    → (not(a is null) and not(b is true))",
        "(a > 1) IS UNKNOWN                 → a > 1 is unknown",
        "a IS UNKNOWN                       → a is null",
        "a LIKE 'x%' ESCAPE '|'             → a like 'x%' escape '|'",
        "a NOT LIKE 'x\\_'                  → not(a like 'x\\_' escape '\\')",
        "a % 2 = 1 - 2 * b                  → (a % 2) = (1 - (2 * b))",
        "-a > - 5                           → (0 - a) > -5",
        "a MOD 3 = 0                        → (a % 3) = 0",
        "`or` = \"it's\"                    → or = 'it's'",
        "a = 'it''s' AND b = 'a\\nb\\'c'    → (a = 'it's' and b = 'a\\nb'c')",
        "a > DATE '2026-01-31' OR date > '2' → (a > DATE'2026-01-31' or date > '2')",
        "a = x'4F4b' or a = 0x1 or a = b'101' → (a = 4f4b or a = 01 or a = 05)",
        "a = 1.50 OR a = .5 OR a = 1e3      → (a = 1.50 or a = 0.5 or a = 1000e)",
        "größe > 1 and 日本 < 2             → (größe > 1 and 日本 < 2)",
    })
    void readsAsTheServersDo(String text, String understood) {
        if (understood.equals("!")) {
            assertThat(FilterParser.parse(text)).as(text).isInstanceOf(Parsed.Refused.class);
        } else {
            assertThat(FilterParser.parse(text)).as(text).isInstanceOfSatisfying(Parsed.Good.class,
                    good -> assertThat(shown(good.condition())).isEqualTo(understood.replace("\\n", "\n")));
        }
    }

    /** The place counts from 1, as it is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '^', value = {
        "a > (SELECT 1)                → 6  → has a subquery",
        "a IN (SELECT b FROM t)        → 7  → has a subquery",
        "EXISTS (SELECT 1)             → 1  → has a subquery",
        "a = ANY (SELECT 1)            → 5  → has a subquery",
        "id > 1 AND lower(name) = 'x'  → 12 → calls the function LOWER",
        "a > NOW()                     → 5  → calls the function NOW",
        "a > CURRENT_DATE              → 5  → calls the function CURRENT_DATE",
        "a < RAND ()                   → 5  → calls the function RAND",
        "CAST(a AS SIGNED) = 1         → 1  → calls the function CAST",
        "a = @x                        → 5  → uses a variable (@)",
        "CASE a WHEN 1 THEN 1 END      → 1  → uses CASE",
        "a > b + INTERVAL 1 DAY        → 9  → uses INTERVAL",
        "a COLLATE utf8mb4_bin = 'x'   → 3  → uses the operator COLLATE",
        "a = 'x' COLLATE utf8mb4_bin   → 9  → uses the operator COLLATE",
        "a = _latin1'x'                → 5  → has _latin1 in front of a string",
        "a REGEXP 'x'                  → 3  → uses the operator REGEXP",
        "a NOT RLIKE 'x'               → 7  → uses the operator RLIKE",
        "a DIV 2 = 1                   → 3  → uses the operator DIV",
        "a / 2 = 1                     → 3  → uses the operator /",
        "a & 1                         → 3  → uses the operator &",
        "a->'$.x' = 1                  → 2  → takes a value out of a document (->)",
        "BINARY a = 'x'                → 0  → ",
        "t.a = 1                       → 1  → has a column's name with a table in front",
        "(a, b) = (1, 2)               → 1  → compares a row of several values",
        "a = 1; DROP TABLE t           → 6  → has a semicolon",
        "a = 1 -- x                    → 7  → has a comment",
        "a = 1 /* x */                 → 7  → has a comment",
        "a = 'x                        → 5  → has a string that is not closed",
        "a = `x                        → 5  → has a back-quote that is not closed",
        "(a = 1                        → 1  → has a parenthesis that is not closed",
        "a = 1)                        → 6  → does not go on with ^)^",
        "a = 1 b                       → 7  → does not go on with ^b^",
        "a >                           → 4  → ends where a value is wanted",
        "a = b = c                     → 1  → uses a condition as a value",
        "a IN ()                       → 7  → does not go on with ^)^",
        "a IN (b)                      → 7  → has something else than a literal in a list",
        "a IN 1                        → 6  → has IN without a list",
        "a LIKE b                      → 8  → has LIKE with something else than a string",
        "a IS 1                        → 6  → has IS without NULL, TRUE, FALSE or UNKNOWN behind it",
        "a BETWEEN 1 OR 2              → 3  → has BETWEEN without AND",
        "a = 'x' 'y'                   → 9  → has two strings beside each other",
        "a = ?                         → 5  → does not go on with ^?^",
        "a = x'123'                    → 5  → has a hexadecimal literal that is not well formed",
        "a = 1st                       → 5  → has a name that begins with a digit",
        "a = 1e999                     → 5  → has a number that is out of range",
        "AND a                         → 1  → does not go on with AND",
    })
    void refusesAnythingElseWhereItStands(String text, int place, String message) {
        Parsed parsed = FilterParser.parse(text);
        assertThat(parsed).as(text).isInstanceOf(Parsed.Refused.class);
        FilterProblem problem = ((Parsed.Refused) parsed).problem();
        assertThat(problem.remedy()).as(text).isNotBlank();
        if (place > 0) {
            assertThat(problem.told()).as(text).isEqualTo(message.replace('^', '"') + " at character " + place);
        }
    }

    @Test
    void whatNestsTooDeepIsRefusedAndNothingOverflows() {
        assertThat(FilterParser.parse("(".repeat(50_000) + "a")).isInstanceOf(Parsed.Refused.class);
        assertThat(FilterParser.parse("NOT ".repeat(50_000) + "a")).isInstanceOf(Parsed.Refused.class);
        assertThat(FilterParser.parse("- ".repeat(50_000) + "a > 1")).isInstanceOf(Parsed.Refused.class);
        assertThat(FilterParser.parse("a = 1" + " OR a = 1".repeat(5_000))).isInstanceOf(Parsed.Good.class);
    }

    @Test
    void whateverIsCutOffIsAnswered() {
        String text = "NOT (a <=> 1.5e3 AND `b` LIKE 'x\\'%' ESCAPE '|') XOR c BETWEEN -1 AND x'4F' OR d NOT IN ('é', NULL) IS TRUE";
        for (int i = 0; i <= text.length(); i++) {
            assertThat(FilterParser.parse(text.substring(0, i))).isNotNull();
            assertThat(FilterParser.parse(text.substring(i))).isNotNull();
        }
    }

    private static String shown(Term term) {
        return switch (term) {
            case Condition.And(List<Condition> parts, _) -> joined(parts, " and ");
            case Condition.Or(List<Condition> parts, _) -> joined(parts, " or ");
            case Condition.Xor(Condition left, Condition right, _) -> joined(List.of(left, right), " xor ");
            case Condition.Not(Condition inner, _) -> "not(" + shown(inner) + ")";
            case Condition.Compare(var comparison, Operand left, Operand right, _) ->
                shown(left) + " " + comparison.sign() + " " + shown(right);
            case Condition.In(Operand value, List<Operand> list, _) ->
                shown(value) + " in " + list.stream().map(FilterParserTest::shown).toList();
            case Condition.Like(Operand value, Operand.Text pattern, String escape, _) ->
                shown(value) + " like " + shown(pattern) + " escape '" + escape + "'";
            case Condition.IsNull(Operand value, _) -> shown(value) + " is null";
            case Condition.Is(Condition inner, var truth, _) -> shown(inner) + " is " + truth.map(String::valueOf).orElse("unknown");
            case Condition.Bare(Operand value, _) -> shown(value);
            case Operand.Column(String name, _) -> name;
            case Operand.Number(var value, boolean floating, _) -> value.toPlainString() + (floating ? "e" : "");
            case Operand.Text(String value, _) -> "'" + value + "'";
            case Operand.Bytes(byte[] value, _, _) -> java.util.HexFormat.of().formatHex(value);
            case Operand.Temporal(var word, String value, _) -> word + "'" + value + "'";
            case Operand.Truth(boolean value, _) -> String.valueOf(value);
            case Operand.Null _ -> "null";
            case Operand.Arithmetic(var operator, Operand left, Operand right, _) ->
                "(" + shown(left) + " " + operator.sign() + " " + shown(right) + ")";
        };
    }

    private static String joined(List<Condition> parts, String word) {
        return parts.stream().map(FilterParserTest::shown).collect(Collectors.joining(word, "(", ")"));
    }
}
