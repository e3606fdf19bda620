package io.opendts.engines.mysql.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds for a source's character set or collation what a target has that sorts and compares most alike: accents and case as
 * before, padding where possible. Names: dev.mysql.com "Collation Naming Conventions", mariadb.com "Supported Character Sets
 * and Collations". Pure.
 */
final class Collations {

    /** MySQL's language marks of 0900 collations and MariaDB's names for the same languages. */
    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("cs", "czech"), Map.entry("da", "danish"), Map.entry("de_pb", "german2"), Map.entry("eo", "esperanto"),
            Map.entry("es", "spanish"), Map.entry("es_trad", "spanish2"), Map.entry("et", "estonian"), Map.entry("hr", "croatian"),
            Map.entry("hu", "hungarian"), Map.entry("is", "icelandic"), Map.entry("la", "roman"), Map.entry("lt", "lithuanian"),
            Map.entry("lv", "latvian"), Map.entry("pl", "polish"), Map.entry("ro", "romanian"), Map.entry("sk", "slovak"),
            Map.entry("sl", "slovenian"), Map.entry("sv", "swedish"), Map.entry("tr", "turkish"), Map.entry("vi", "vietnamese"));

    private Collations() {}

    /** The target's spelling of a character set; empty when it has none. */
    static Optional<String> charset(String charset, TargetFacts target) {
        if (target.hasCharset(charset)) {
            return Optional.of(charset);
        }
        return Optional.of(respelled(charset)).filter(target::hasCharset);
    }

    /** What the task maps it to, else the target's collation that comes nearest, of the same character set; empty when it has none. */
    static Optional<String> nearest(String collation, TargetFacts target) {
        String wanted = collation.toLowerCase(Locale.ROOT);
        String mapped = target.wanted().getOrDefault(wanted, target.wanted().get(respelled(wanted)));
        if (mapped != null) {
            return List.of(mapped, respelled(mapped)).stream().filter(target::hasCollation).findFirst();
        }
        if (target.hasCollation(wanted)) {
            return Optional.of(wanted);
        }
        String spelled = respelled(wanted);
        if (target.hasCollation(spelled)) {
            return Optional.of(spelled);
        }
        return candidates(wanted).stream()
                .flatMap(c -> List.of(c, respelled(c)).stream())
                .filter(target::hasCollation).findFirst();
    }

    /** Whether two names mean the same collation, differently spelled. */
    static boolean sameMeaning(String one, String other) {
        return one.equalsIgnoreCase(other) || respelled(one.toLowerCase(Locale.ROOT)).equalsIgnoreCase(other);
    }

    /** What a column of the character set sorts by when the source prints no collation: its server's default. */
    static Optional<String> printedDefault(String charset, ServerVersion source) {
        if (charset.equalsIgnoreCase("utf8mb4")) {
            return Optional.of(source.mySqlFrom(80000) ? "utf8mb4_0900_ai_ci" : "utf8mb4_general_ci");
        }
        return Optional.empty();
    }

    private static String respelled(String name) {
        if (name.equals("utf8") || name.startsWith("utf8_")) {
            return "utf8mb3" + name.substring(4);
        }
        return name.equals("utf8mb3") || name.startsWith("utf8mb3_") ? "utf8" + name.substring(7) : name;
    }

    private static List<String> candidates(String wanted) {
        int mark = wanted.indexOf('_');
        if (mark < 0) {
            return List.of();
        }
        String charset = wanted.substring(0, mark);
        String rest = wanted.substring(mark + 1);
        String sense = sense(rest);
        String language = language(rest);
        boolean padded = !rest.contains("0900") && !rest.contains("nopad");
        List<String> names = new ArrayList<>();
        if (sense.equals("bin")) {
            names.addAll(padded ? List.of("bin") : List.of("0900_bin", "nopad_bin", "bin"));
        } else if (rest.contains("0900") || rest.contains("uca1400")) {
            modern(language, sense, padded, names);
        } else {
            names.add(rest.replace("_nopad", ""));
            names.addAll(sense.endsWith("cs") ? List.of("0900_as_cs", "bin") : List.of("unicode_ci", "general_ci"));
        }
        return names.stream().map(n -> charset + "_" + n).toList();
    }

    /** Collations of the newer Unicode tables, on the other kind of server or on an older one. */
    private static void modern(String language, String sense, boolean padded, List<String> names) {
        List<String> pads = padded ? List.of("", "nopad_") : List.of("nopad_", "");
        if (!language.isEmpty()) {
            pads.forEach(pad -> names.add("uca1400_" + language + "_" + pad + sense));
            mySqlMark(language).ifPresent(m -> names.add(m + "_0900_" + sense));
            if (sense.equals("ai_ci")) {
                names.add(language + "_ci");
            }
        }
        pads.forEach(pad -> names.add("uca1400_" + pad + sense));
        names.add("0900_" + sense);
        if (sense.endsWith("_cs")) {
            names.addAll(List.of("0900_as_cs", "bin"));
        } else {
            pads.forEach(pad -> names.add("unicode_520_" + pad + "ci"));
            names.addAll(List.of("unicode_ci", "general_ci"));
        }
    }

    private static Optional<String> mySqlMark(String language) {
        return LANGUAGES.entrySet().stream().filter(e -> e.getValue().equals(language)).map(Map.Entry::getKey).findFirst();
    }

    private static String sense(String rest) {
        for (String sense : List.of("ai_ci", "ai_cs", "as_ci", "as_cs", "bin", "cs")) {
            if (rest.equals(sense) || rest.endsWith("_" + sense)) {
                return sense;
            }
        }
        return "ci";
    }

    private static String language(String rest) {
        int modern = rest.indexOf("_0900_");
        if (modern > 0) {
            return LANGUAGES.getOrDefault(rest.substring(0, modern), "");
        }
        if (rest.startsWith("uca1400_")) {
            String first = rest.substring("uca1400_".length()).split("_")[0];
            return LANGUAGES.containsValue(first) ? first : "";
        }
        return "";
    }
}
