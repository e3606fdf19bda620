package io.opendts.spec;

import java.util.Locale;
import java.util.regex.Pattern;

/** A name of the task file: one object, or with slashes around it every object whose whole name the expression matches. */
public sealed interface NamePattern {

    /** Whether the source tells names apart by case (`lower_case_table_names`). */
    enum NameCase {
        SENSITIVE, INSENSITIVE;

        /** Equal for names that the source takes for one. */
        public String folded(String name) {
            return switch (this) {
                case SENSITIVE -> name;
                case INSENSITIVE -> name.toLowerCase(Locale.ROOT);
            };
        }
    }

    String text();

    boolean matches(String name, NameCase nameCase);

    record Exact(String text) implements NamePattern {
        @Override
        public boolean matches(String name, NameCase nameCase) {
            return nameCase.folded(text).equals(nameCase.folded(name));
        }
    }

    /** Two of the same text are equal: `Pattern` itself has no equality. */
    record Expression(String text, Pattern pattern) implements NamePattern {
        @Override
        public boolean matches(String name, NameCase nameCase) {
            return switch (nameCase) {
                case SENSITIVE -> pattern.matcher(name).matches();
                case INSENSITIVE -> Pattern.compile(pattern.pattern(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(name).matches();
            };
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Expression that && that.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Throws `PatternSyntaxException` where an expression does not compile. */
    static NamePattern of(String text) {
        boolean expression = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
        return expression ? new Expression(text, Pattern.compile(text.substring(1, text.length() - 1))) : new Exact(text);
    }

    static boolean isServersOwn(String database) {
        return switch (database.toLowerCase(Locale.ROOT)) {
            case "mysql", "sys", "information_schema", "performance_schema", "_dts" -> true;
            default -> false;
        };
    }
}
