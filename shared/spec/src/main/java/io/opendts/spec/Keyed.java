package io.opendts.spec;

import java.util.Locale;

/** A closed set of words of the task file, one enum constant a word. */
public interface Keyed {

    String name();

    /** As users write it: `disabled-until-cutover`. */
    default String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
