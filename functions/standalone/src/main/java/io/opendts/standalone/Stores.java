package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.state.StateStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the state store of a folder is opened.
 *
 * @param toRead  empty, and nothing is created, when the folder holds no state
 * @param toWrite creates what is not there
 */
record Stores(Function<Path, Optional<StateStore>> toRead, Function<Path, StateStore> toWrite) {

    /** The folders that the embedded mode uses. */
    static Stores embedded() {
        return new Stores(
                folder -> {
                    throw missing(folder);
                },
                folder -> {
                    throw missing(folder);
                });
    }

    private static DtsException missing(Path folder) {
        return new DtsException(
                ErrorCode.FEATURE_NOT_AVAILABLE,
                "this build of OpenDTS holds no state store to open in " + folder,
                "Build the whole of OpenDTS: ./mvnw package");
    }
}
