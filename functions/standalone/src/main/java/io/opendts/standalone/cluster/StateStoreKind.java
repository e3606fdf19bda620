package io.opendts.standalone.cluster;

import java.util.Locale;

/** Which database server remembers. */
public enum StateStoreKind {
    MYSQL,
    POSTGRESQL;

    /** As in {@code --state-store} and as the scheme of {@code --state-url}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StateStoreKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
