package io.opendts.engines.mysql.ddl;

import io.opendts.model.Column;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a column holds every value of another one as it is, without a conversion that a session's settings could decide. Pure. */
final class WiderType {

    private static final Pattern TYPE = Pattern.compile("(\\w+)(?:\\((\\d+)(?:,(\\d+))?\\))?(.*)", Pattern.DOTALL);
    private static final List<String> INTEGERS = List.of("tinyint", "smallint", "mediumint", "int", "bigint");
    private static final List<String> TEXTS = List.of("tinytext", "text", "mediumtext", "longtext");
    private static final List<String> BLOBS = List.of("tinyblob", "blob", "mediumblob", "longblob");
    private static final List<String> FRACTIONS = List.of("datetime", "timestamp", "time");

    private WiderType() {}

    private record Type(String name, int first, int second, String rest) {

        static Optional<Type> of(Column column) {
            Matcher type = TYPE.matcher(column.nativeType().toLowerCase(Locale.ROOT));
            return !type.matches() ? Optional.empty()
                    : Optional.of(new Type(type.group(1), number(type.group(2)), number(type.group(3)), type.group(4).strip()));
        }

        private static int number(String digits) {
            return digits == null ? 0 : Integer.parseInt(digits);
        }
    }

    static boolean holds(Column narrow, Column wide) {
        if (narrow.kind() == wide.kind() && narrow.nativeType().equalsIgnoreCase(wide.nativeType())
                && narrow.labels().equals(wide.labels())) {
            return charset(narrow, wide);
        }
        Optional<Type> from = Type.of(narrow);
        Optional<Type> to = Type.of(wide);
        return from.isPresent() && to.isPresent() && charset(narrow, wide) && holds(from.get(), to.get(), narrow, wide);
    }

    private static boolean holds(Type from, Type to, Column narrow, Column wide) {
        String name = from.name();
        if (INTEGERS.contains(name)) {
            return larger(INTEGERS, name, to.name()) && from.rest().equals(to.rest());
        }
        if (name.equals("enum") || name.equals("set")) {
            return to.name().equals(name) && wide.labels().size() >= narrow.labels().size()
                    && wide.labels().subList(0, narrow.labels().size()).equals(narrow.labels());
        }
        if (!to.rest().equals(from.rest())) {
            return false;
        }
        if (FRACTIONS.contains(name) || name.equals("varchar") && to.name().equals(name)
                || name.equals("varbinary") && to.name().equals(name)) {
            return to.name().equals(name) && to.first() >= from.first();
        }
        if (name.equals("decimal")) {
            return to.name().equals(name) && to.second() >= from.second() && to.first() - to.second() >= from.first() - from.second();
        }
        return name.equals("varchar") && TEXTS.indexOf(to.name()) >= 1 || name.equals("varbinary") && BLOBS.indexOf(to.name()) >= 1
                || TEXTS.contains(name) && larger(TEXTS, name, to.name()) || BLOBS.contains(name) && larger(BLOBS, name, to.name());
    }

    private static boolean larger(List<String> order, String from, String to) {
        return order.indexOf(to) >= order.indexOf(from);
    }

    /** The same, or one that has all of its characters under the same numbers. */
    private static boolean charset(Column narrow, Column wide) {
        Optional<String> from = narrow.charset();
        return from.equals(wide.charset()) || from.filter(c -> c.equals("utf8") || c.equals("utf8mb3")).isPresent()
                && wide.charset().filter("utf8mb4"::equals).isPresent();
    }
}
