package io.opendts.spec;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The engines that a task file may name. Whether this build can run one is asked of the engines, not of the file. */
public enum EngineName implements Keyed {
    MYSQL(true, true),
    DRDS(true, false),
    POSTGRESQL(true, true),
    REDIS(true, true),
    ANALYTICDB_MYSQL(false, true),
    ANALYTICDB_POSTGRESQL(false, true),
    ELASTICSEARCH(false, true),
    KAFKA(false, true),
    MAXCOMPUTE(false, true),
    TABLESTORE(false, true);

    private final boolean source;
    private final boolean target;

    EngineName(boolean source, boolean target) {
        this.source = source;
        this.target = target;
    }

    static Set<EngineName> sources() {
        Set<EngineName> all = EnumSet.noneOf(EngineName.class);
        for (EngineName engine : values()) {
            if (engine.source) {
                all.add(engine);
            }
        }
        return all;
    }

    static Set<EngineName> targets() {
        Set<EngineName> all = EnumSet.noneOf(EngineName.class);
        for (EngineName engine : values()) {
            if (engine.target) {
                all.add(engine);
            }
        }
        return all;
    }

    static Optional<EngineName> of(String key) {
        for (EngineName engine : values()) {
            if (engine.key().equals(key)) {
                return Optional.of(engine);
            }
        }
        return Optional.empty();
    }
}
