package io.opendts.model.event;

/**
 * Where a running task reports to.
 *
 * <p>Called from any thread. Never throws because of the reader at the other end and never waits longer than one write
 * to the terminal or pipe takes, so that it may stand in the middle of the work. Progress may be sent as often as it is
 * known: the receiver thins it out.
 */
@FunctionalInterface
public interface EventSink {

    void emit(Event event);
}
