package io.opendts.spec;

import java.util.Optional;

/**
 * One key of the task file: everything that validation, defaults, the JSON Schema and the reference know of it.
 *
 * @param otherwise the default as it would stand in the file; empty text for none
 * @param except    another default for some tasks
 * @param example   a value as it would stand in the file
 */
record Field(String name, FieldType type, boolean required, String otherwise, Optional<OtherDefault> except, String says, String example,
        Applies applies) {

    record OtherDefault(Applies applies, String otherwise) {}

    static Field of(String name, FieldType type, String example, String says) {
        return new Field(name, type, false, "", Optional.empty(), says, example, Applies.ALWAYS);
    }

    Field must() {
        return new Field(name, type, true, otherwise, except, says, example, applies);
    }

    Field otherwise(String text) {
        return new Field(name, type, required, text, except, says, example, applies);
    }

    Field otherwise(String text, Applies exceptFor, String exceptional) {
        return new Field(name, type, required, text, Optional.of(new OtherDefault(exceptFor, exceptional)), says, example, applies);
    }

    Field only(Applies where) {
        return new Field(name, type, required, otherwise, except, says, example, where);
    }

    /** The default in this task; empty for none. */
    String defaultIn(Applies.Context context) {
        boolean exceptional = except.isPresent() && except.get().applies().refusal(context).isEmpty();
        return exceptional ? except.get().otherwise() : otherwise;
    }
}
