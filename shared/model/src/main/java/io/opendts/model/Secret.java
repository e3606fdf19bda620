package io.opendts.model;

/** A password or the like: it has no text form, so that it cannot slip into a log, an event or an error. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The value itself: for the connection alone. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
