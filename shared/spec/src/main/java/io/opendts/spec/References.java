package io.opendts.spec;

import io.opendts.spec.Environment.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** `${NAME}` and `${file:/path}` in a text; `$${` stands for `${` itself. */
final class References {

    private static final Pattern FORM = Pattern.compile("\\$\\$\\{|\\$\\{([^{}]*)}?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private References() {}

    static boolean any(String text) {
        return text.contains("${");
    }

    /** Whether a text is one reference and nothing else: then it can be shown although its value is secret. */
    static boolean isOne(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && text.endsWith("}") && !text.startsWith("$$") && of(form.group(1)).isPresent();
    }

    static List<Reference> in(String text) {
        List<Reference> all = new ArrayList<>();
        Matcher form = FORM.matcher(text);
        while (form.find()) {
            if (form.group(1) != null) {
                of(form.group(1)).ifPresent(all::add);
            }
        }
        return all;
    }

    /** Empty, with the reasons among the problems, where a reference cannot be resolved. */
    static Optional<String> resolve(String text, Environment environment, Place at, Problems problems) {
        StringBuilder out = new StringBuilder();
        Matcher form = FORM.matcher(text);
        boolean complete = true;
        int from = 0;
        while (form.find()) {
            out.append(text, from, form.start());
            from = form.end();
            if (form.group(1) == null) {
                out.append("${");
                continue;
            }
            Optional<Reference> reference = form.group().endsWith("}") ? of(form.group(1)) : Optional.empty();
            if (reference.isEmpty()) {
                problems.add(at, SpecCode.REFERENCE_UNRESOLVED, "`" + last(at) + "` has a `${` that begins no reference",
                        "Write ${NAME} or ${file:/path}, or $${ for the characters themselves.");
                complete = false;
                continue;
            }
            Optional<String> value = environment.value(reference.get());
            complete &= value.isPresent();
            value.ifPresentOrElse(out::append, () -> missing(reference.get(), at, problems));
        }
        return complete ? Optional.of(out.append(text, from, text.length()).toString()) : Optional.empty();
    }

    private static Optional<Reference> of(String body) {
        if (body.startsWith("file:")) {
            return body.length() > 5 ? Optional.of(new Reference.FileContent(body.substring(5))) : Optional.empty();
        }
        return NAME.matcher(body).matches() ? Optional.of(new Reference.Variable(body)) : Optional.empty();
    }

    private static void missing(Reference reference, Place at, Problems problems) {
        switch (reference) {
            case Reference.Variable variable -> problems.add(at, SpecCode.REFERENCE_UNRESOLVED,
                    "the environment variable " + variable.name() + " of `" + last(at) + "` is not set",
                    "Set it before the command: export " + variable.name() + "=...");
            case Reference.FileContent file -> problems.add(at, SpecCode.REFERENCE_UNRESOLVED,
                    "the file " + file.path() + " of `" + last(at) + "` does not exist or cannot be read",
                    "Check the path and its permissions; it is read as UTF-8 text of at most 64 KiB.");
        }
    }

    private static String last(Place at) {
        return at.path().substring(at.path().lastIndexOf('.') + 1);
    }
}
