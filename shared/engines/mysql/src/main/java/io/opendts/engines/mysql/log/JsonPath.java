package io.opendts.engines.mysql.log;

import java.util.ArrayList;
import java.util.List;

/** A path without wildcards, as MySQL logs it: {@code $.name."quoted name"[3]}. */
record JsonPath(List<Step> steps) {

    /** @param name of a member; null for a cell */
    record Step(String name, int cell) {}

    static JsonPath parse(String text) {
        List<Step> steps = new ArrayList<>();
        int at = text.startsWith("$") ? 1 : 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[') {
                int close = text.indexOf(']', at);
                if (close < 0) {
                    throw new IllegalArgumentException("path without a closing bracket");
                }
                steps.add(new Step(null, Integer.parseInt(text.substring(at + 1, close).strip())));
                at = close + 1;
            } else if (c == '.' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                StringBuilder name = new StringBuilder();
                at = quoted(text, at + 2, name);
                steps.add(new Step(name.toString(), 0));
            } else if (c == '.') {
                int end = at + 1;
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                steps.add(new Step(text.substring(at + 1, end), 0));
                at = end;
            } else {
                throw new IllegalArgumentException("path with '" + c + "' at " + at);
            }
        }
        return new JsonPath(List.copyOf(steps));
    }

    /** @return behind the closing quote */
    private static int quoted(String text, int from, StringBuilder name) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                name.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'b' -> name.append('\b');
                case 'f' -> name.append('\f');
                case 'n' -> name.append('\n');
                case 'r' -> name.append('\r');
                case 't' -> name.append('\t');
                case 'u' -> {
                    name.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> name.append(escaped);
            }
        }
        return at + 1;
    }
}
