package io.opendts.standalone.cli;

import java.util.Set;

/** Commands that the documentation promises for a later version, so that trying one gets a better answer than "unknown". */
public final class UnavailableCommands {

    private static final Set<String> LATER =
            Set.of("serve", "position");

    private UnavailableCommands() {}

    public static String explain(String word) {
        return LATER.contains(word)
                ? "the command '" + word + "' is not available in this version"
                : "there is no command '" + word + "'";
    }
}
