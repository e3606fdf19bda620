package io.opendts.spec;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** From text to nodes with lines. Nothing is constructed, so that no tag can name a class. */
final class YamlText {

    static final int FILE_BYTES_MAX = 1024 * 1024;
    static final int NESTING_MAX = 24;
    static final int ALIASES_MAX = 20;

    private static final Place WHOLE = new Place(0, 0, "");
    private static final Pattern TAB_INDENT = Pattern.compile("(?m)^( *)\t+[ \t]*(?=[^\\s#])");

    private YamlText() {}

    /** Empty, with the reason among the problems, where the text is no YAML. */
    static Optional<Node> compose(String text, Problems problems) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String yaml = plain.stripLeading().startsWith("{") ? json(plain) : plain;
        if (yaml.length() > FILE_BYTES_MAX) {
            problems.add(WHOLE, SpecCode.FILE_UNREADABLE, "the task file has more than 1 MiB",
                    "Split the task, or select objects by /regex/.");
            return Optional.empty();
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(FILE_BYTES_MAX);
        options.setNestingDepthLimit(NESTING_MAX);
        options.setMaxAliasesForCollections(ALIASES_MAX);
        try {
            Node root = new Composer(new ParserImpl(new StreamReader(yaml), options), new Resolver(), options).getSingleNode();
            if (root == null) {
                problems.add(WHOLE, SpecCode.SYNTAX, "the task file is empty",
                        "Begin with `name:`, `type:`, `source:`, `target:` and `objects:`.");
            }
            return Optional.ofNullable(root);
        } catch (ReaderException binary) {
            problems.add(lineOf(yaml, binary.getPosition()), SpecCode.SYNTAX,
                    "there is a character that no YAML text may hold (U+%04X)".formatted(binary.getCodePoint()),
                    "Save the file as UTF-8 text.");
        } catch (MarkedYAMLException wrong) {
            explain(yaml, wrong, problems);
        } catch (YAMLException refused) {
            problems.add(WHOLE, SpecCode.SYNTAX, limit(refused), "Write the values out, without anchors and with less nesting.");
        } catch (StackOverflowError tooDeep) {
            problems.add(WHOLE, SpecCode.SYNTAX, "the values are nested too deeply", "Use at most " + NESTING_MAX + " levels.");
        }
        return Optional.empty();
    }

    /** JSON that YAML 1.1 does not take: tabs between values (texts cannot hold them raw), and a slash behind a backslash. */
    private static String json(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (c == '\\' && next == '\\') {
                out.append(c).append(next);
                i++;
            } else if (c == '\t') {
                out.append(' ');
            } else if (c != '\\' || next != '/') {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Every single value once, however often an anchor repeats it. */
    static void texts(Node root, Consumer<String> each) {
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Node node = waiting.poll();
            if (!seen.add(node)) {
                continue;
            }
            switch (node) {
                case ScalarNode scalar -> each.accept(scalar.getValue());
                case SequenceNode sequence -> waiting.addAll(sequence.getValue());
                case MappingNode mapping -> mapping.getValue().forEach(tuple -> waiting.add(tuple.getValueNode()));
                default -> throw new IllegalStateException("the YAML reader made a node of kind " + node.getNodeId());
            }
        }
    }

    private static String limit(YAMLException refused) {
        String why = String.valueOf(refused.getMessage());
        return why.contains("aliases") ? "there are more than " + ALIASES_MAX + " uses of anchors on lists and mappings"
                : why.contains("Nesting") ? "values are nested more than " + NESTING_MAX + " levels deep"
                : "the YAML reader refused the file";
    }

    private static Place lineOf(String text, int position) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(Math.max(position, 0), text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(line, end - lineStart + 1, "");
    }

    /** The reader's own words may quote the file, and with it a password, so they are sorted and never passed on whole. */
    private static void explain(String yaml, MarkedYAMLException wrong, Problems problems) {
        String why = String.valueOf(wrong.getProblem());
        Matcher tabs = TAB_INDENT.matcher(yaml);
        boolean tab = false;
        while (tabs.find()) {
            tab = true;
            problems.add(lineOf(yaml, tabs.end(1)), SpecCode.SYNTAX, "the line is indented with a tab",
                    "Indent with blanks: YAML takes no tabs.");
        }
        if (tab) {
            return;
        }
        Place at = wrong.getProblemMark() == null
                ? WHOLE : new Place(wrong.getProblemMark().getLine() + 1, wrong.getProblemMark().getColumn() + 1, "");
        if (why.contains("TAB")) {
            problems.add(at, SpecCode.SYNTAX, "there is a tab where a value should begin", "Use blanks: YAML takes no tabs here.");
        } else if (why.contains("undefined alias")) {
            problems.add(at, SpecCode.SYNTAX, "a value begins with *, which names an anchor that the file does not have",
                    "Put the value in quotes.");
        } else if (why.contains("cannot start any token")) {
            problems.add(at, SpecCode.SYNTAX, "a value begins with a character that YAML keeps for itself", "Put the value in quotes.");
        } else if (why.contains("mapping values are not allowed")) {
            problems.add(at, SpecCode.SYNTAX, "there is a colon where no key can stand",
                    "Check the indentation of this line and the one before, and put texts with `: ` in quotes.");
        } else if (why.contains("single document") || why.contains("another document")) {
            problems.add(at, SpecCode.SYNTAX, "the file holds more than one document",
                    "One file is one task: remove `---` and what follows.");
        } else if (why.contains("expected <block end>") || why.contains("could not find expected ':'")) {
            problems.add(at, SpecCode.SYNTAX, "this line does not continue what stands before it",
                    "Check the indentation, and that keys end in `: `.");
        } else if (why.contains("end of stream") || why.contains("stream end") || why.contains("unexpected end")) {
            problems.add(at, SpecCode.SYNTAX, "a quote or bracket is still open at the end of the file", "Close it.");
        } else if (why.contains("expected ',' or")) {
            problems.add(at, SpecCode.SYNTAX, "a list or mapping in brackets has no comma or closing bracket here",
                    "Add it, and put texts with brackets or braces of their own, such as \"/log_[0-9]+/\", in quotes.");
        } else if (why.contains("tag")) {
            problems.add(at, SpecCode.SYNTAX, "a value begins with !, which names a type that a task file does not have",
                    "Put the value in quotes.");
        } else if (why.contains("escape")) {
            problems.add(at, SpecCode.SYNTAX, "a backslash in double quotes stands before a character that it cannot stand before",
                    "Double the backslash, or use single quotes.");
        } else {
            problems.add(at, SpecCode.SYNTAX, "this is not YAML",
                    "Check quotes, brackets and indentation of this line and the one before.");
        }
    }
}
