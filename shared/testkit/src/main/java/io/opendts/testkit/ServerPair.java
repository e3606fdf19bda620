package io.opendts.testkit;

/** Two servers that run, also when both are of one version. */
public record ServerPair(DatabaseServer source, DatabaseServer target) {

    @Override
    public String toString() {
        return source.version() + " -> " + target.version();
    }
}
