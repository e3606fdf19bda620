package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spi.Engine;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The engines on the class path, by the names of the task file. */
public final class Engines {

    private Engines() {}

    /** @throws DtsException ENGINE_NOT_AVAILABLE naming what there is */
    public static Engine named(String name) {
        Optional<Engine> found = ServiceLoader.load(Engine.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(e -> e.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> missing(name, "engine"));
    }

    static DtsException missing(String name, String role) {
        String there = ServiceLoader.load(Engine.class).stream().map(p -> p.get().name()).sorted().collect(Collectors.joining(", "));
        return new DtsException(ErrorCode.ENGINE_NOT_AVAILABLE, "this version has no " + role + " '" + name + "'",
                "use one of: " + there);
    }
}
