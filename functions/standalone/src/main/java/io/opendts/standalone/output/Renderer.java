package io.opendts.standalone.output;

import io.opendts.model.event.EventSink;

/** Shows events to the user who gave the command. {@link #emit} from any thread; nothing after {@link #close}. */
public interface Renderer extends EventSink, AutoCloseable {

    @Override
    void close();
}
