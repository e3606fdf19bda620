package io.opendts.state;

import java.util.Map;
import java.util.Optional;

/** Small facts about a task, by name: times, positions, counters. Positions here are copies for display and for the stages. */
public interface Progress {

    Optional<String> get(String task, String name);

    void put(String task, String name, String value);

    /** The first value of a fact stays; answers the one that stands, also when another process was first. */
    String putOnce(String task, String name, String value);

    /** All or none. */
    void putAll(String task, Map<String, String> values);

    /** Every fact whose name starts so, in order of names; an empty prefix gives all. */
    Map<String, String> all(String task, String prefix);

    void remove(String task, String name);
}
