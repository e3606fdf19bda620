package io.opendts.standalone.system;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements of a file, each ended by the delimiter at the end of a line ({@code DELIMITER //} changes it, as for the mysql
 * client). Lines that begin with {@code --} are comments; {@code -- @NAME} begins a section, before the first one the section
 * has an empty name.
 */
record SqlScript(List<Section> sections) {

    record Section(String name, List<String> statements) {}

    static SqlScript parse(String text) {
        List<Section> sections = new ArrayList<>(List.of(new Section("", new ArrayList<>())));
        StringBuilder statement = new StringBuilder();
        String delimiter = ";";
        for (String line : text.lines().toList()) {
            if (line.startsWith("-- @")) {
                sections.add(new Section(line.substring(4).trim(), new ArrayList<>()));
            } else if (line.startsWith("DELIMITER ")) {
                delimiter = line.substring(10).trim();
            } else if (!line.startsWith("--") && !(line.isBlank() && statement.isEmpty())) {
                statement.append(line).append('\n');
                if (line.stripTrailing().endsWith(delimiter)) {
                    String whole = statement.toString().stripTrailing();
                    sections.getLast().statements().add(whole.substring(0, whole.length() - delimiter.length()));
                    statement.setLength(0);
                }
            }
        }
        if (!statement.isEmpty()) {
            throw new IllegalArgumentException("a statement without an end: " + statement);
        }
        return new SqlScript(List.copyOf(sections));
    }

    List<String> statements(String section) {
        return sections.stream().filter(s -> s.name().equals(section)).flatMap(s -> s.statements().stream()).toList();
    }
}
