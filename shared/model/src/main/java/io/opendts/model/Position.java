package io.opendts.model;

import java.util.Objects;

/**
 * A place in a source's log, as text that only the source's engine reads: it alone knows how to order two of them
 * (the engine's {@code Log}). Round-trips through messages, the state store and the checkpoint on the target.
 */
public record Position(String text) {

    public Position {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return text;
    }
}
