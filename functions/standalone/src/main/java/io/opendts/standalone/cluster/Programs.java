package io.opendts.standalone.cluster;

/** What is run for each role: the seam between looking after processes and the programs that they run. */
interface Programs {

    /** Of the cluster's own state store. */
    String DATABASE = "dts";
    String USERNAME = "opendts";

    /** @param stateUrl without user and password */
    record Connections(String kafka, String stateUrl, String username, String password) {}

    /** Names the build: a function process of another one is replaced. */
    String build();

    /** Fetches the program where that is necessary, which can take minutes the first time, and prepares its folder. */
    Launch server(Role role, StateStoreKind kind, int port);

    /** Makes what the cluster needs in its own state store, which answers by now. Idempotent. */
    void furnish(StateStoreKind kind, int port);

    Launch function(Role role, String id, int port, Connections to);
}
