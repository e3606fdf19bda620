package io.opendts.bench;

import java.util.Optional;

/** One way of doing the work that is measured. */
interface Contestant {

    String name();

    /** For people: what is run, without the places of this machine. */
    String how();

    /** Why it cannot take part on this machine. */
    Optional<String> missing();

    /** Brings the target to where it starts from, untimed; also after a round that failed. */
    void prepare() throws InterruptedException;

    Sample measure() throws InterruptedException;
}
