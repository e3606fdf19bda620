package io.opendts.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts scripts into statements, with the client's own DELIMITER command and no other. Pure. */
final class SqlScript {

    private SqlScript() {
    }

    static List<String> statements(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        String delimiter = ";";
        for (String line : script.lines().toList()) {
            String stripped = line.strip();
            if (current.isEmpty() && (stripped.isEmpty() || stripped.startsWith("--") || stripped.startsWith("#"))) {
                continue;
            }
            if (current.isEmpty() && stripped.toLowerCase(Locale.ROOT).startsWith("delimiter ")) {
                delimiter = stripped.substring("delimiter ".length()).strip();
                continue;
            }
            if (stripped.endsWith(delimiter)) {
                current.append(line, 0, line.lastIndexOf(delimiter));
                statements.add(current.toString().strip());
                current.setLength(0);
            } else {
                current.append(line).append('\n');
            }
        }
        if (!current.toString().isBlank()) {
            statements.add(current.toString().strip());
        }
        return statements;
    }
}
