package io.opendts.state;

import io.opendts.state.Verifications.Example;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Examples of differing rows as one text: a line each, kind and key with a tab between; what would break a line
 * is escaped. Public for every store.
 */
public final class ExampleText {

    private ExampleText() {}

    public static String of(List<Example> examples) {
        return examples.stream().map(e -> e.kind() + "\t" + e.key().replace("\\", "\\\\").replace("\n", "\\n"))
                .collect(Collectors.joining("\n"));
    }

    public static List<Example> parse(String text) {
        return text == null || text.isEmpty() ? List.of() : text.lines().map(ExampleText::one).toList();
    }

    private static Example one(String line) {
        int tab = line.indexOf('\t');
        StringBuilder key = new StringBuilder();
        for (int i = tab + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            key.append(c != '\\' ? c : line.charAt(++i) == 'n' ? '\n' : '\\');
        }
        return new Example(line.substring(0, tab), key.toString());
    }
}
