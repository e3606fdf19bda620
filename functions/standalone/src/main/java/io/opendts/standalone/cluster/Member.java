package io.opendts.standalone.cluster;

/**
 * A process that was started.
 *
 * @param birth tells this process from a later one with the same pid, see {@link ProcessTable#birth}
 * @param stopSignal the name of the signal that ends it in order
 * @param settings what it was started with and cannot change while it runs; a process with other ones is replaced
 */
record Member(Role role, String id, long pid, String birth, int port, String stopSignal, String settings) {

    boolean isAlive() {
        return ProcessTable.birth(pid).filter(birth::equals).isPresent();
    }
}
