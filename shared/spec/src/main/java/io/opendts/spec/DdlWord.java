package io.opendts.spec;

import io.opendts.model.DdlKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A key of `ddl` where it is a mapping: a kind of schema changes, or all that no other key names. */
record DdlWord(Optional<DdlKind> kind) implements Keyed {

    static final DdlWord DEFAULT = new DdlWord(Optional.empty());
    static final List<DdlWord> ALL = all();

    private static List<DdlWord> all() {
        List<DdlWord> words = new ArrayList<>(List.of(DEFAULT));
        for (DdlKind kind : DdlKind.values()) {
            words.add(new DdlWord(Optional.of(kind)));
        }
        return List.copyOf(words);
    }

    @Override
    public String name() {
        return kind.map(DdlKind::name).orElse("DEFAULT");
    }

    /** What each of them covers, for people. */
    static String meanings() {
        StringBuilder out = new StringBuilder();
        for (DdlKind kind : DdlKind.values()) {
            out.append(out.isEmpty() ? "" : "; ").append(kind.key()).append(": ").append(kind.covers());
        }
        return out.toString();
    }
}
