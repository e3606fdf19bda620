package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.state.StateStore;
import java.nio.file.Path;

/** Opens the state store of a folder. */
final class Stores {

    private Stores() {}

    static StateStore open(Path stateDirectory) {
        throw new DtsException(
                ErrorCode.FEATURE_NOT_AVAILABLE,
                "this build of OpenDTS holds no state store to open in " + stateDirectory,
                "Build the whole of OpenDTS: ./mvnw package");
    }
}
