package io.opendts.cluster;

import io.opendts.model.TaskState;
import io.opendts.state.Leases.Lease;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;

/** What is done for a task for as long as it runs, by one process at a time: reading its log, applying its changes. */
public interface LongWork {

    /** One task's work under one lease. */
    interface Shift extends AutoCloseable {

        /** On a thread of its own, until closed; an exception that is no retry's business fails the task. */
        void run() throws Exception;

        /** Ends {@link #run} soon. From any thread; never waits for a server. */
        @Override
        void close();
    }

    /** The name of the lease of one part, from 0, of a task's work. */
    String lease(String task, int part);

    /** Whether a task in this state may need it; cheap. */
    boolean wanted(TaskState state);

    /** Into how many parts, each under a lease of its own, the work is divided; 0 while it is not due. */
    int parts(Facts facts);

    Shift begin(TaskContext task, Lease lease, int part);
}
