package io.opendts.standalone.run;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;

/** The main job on real input. */
final class Demo {

    Demo(StandaloneWork work, boolean keep, EventSink out, Interruption interruption) {
    }

    ExitCode run() {
        throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "demo", "later");
    }
}
