package io.opendts.standalone.demo;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerBinaries;
import io.opendts.testkit.ServerFailedException;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerVersion;
import java.nio.file.Path;

/** The two ends of the demo. */
record DemoServers(DatabaseServer source, DatabaseServer target) implements AutoCloseable {

    /** One download for both ends, and a log that tells commit times in microseconds: those of 5.7 and MariaDB are whole seconds. */
    static final ServerVersion VERSION = ServerVersion.MYSQL_8_0;

    /** An account as the documentation recommends it, with what the precheck asks for and no more. */
    static final String USER = "dts";
    static final String PASSWORD = "dts-demo";

    /** Takes minutes the first time, on a slow line; an interrupt of this thread ends it. */
    static void fetch() {
        switch (ServerBinaries.locate(VERSION)) {
            case ServerBinaries.Available _ -> { }
            case ServerBinaries.Unavailable(ServerVersion missing, String reason) ->
                    throw unavailable("the demo needs the server " + missing + ", which cannot be had: " + reason);
        }
    }

    /** @param keep the servers outlive this process */
    static DemoServers start(Path folder, boolean keep) {
        DatabaseServer source = start(options(folder.resolve("source"), keep));
        try {
            DatabaseServer target = start(options(folder.resolve("target"), keep).withArguments("--skip-log-bin"));
            return new DemoServers(source, target);
        } catch (RuntimeException failure) {
            source.close();
            throw failure;
        }
    }

    private static ServerOptions options(Path data, boolean keep) {
        ServerOptions options = ServerOptions.defaults().withDataFolder(data).withBufferPoolMiB(128);
        return keep ? options.withOutlivesJvm() : options;
    }

    private static DatabaseServer start(ServerOptions options) {
        try {
            return DatabaseServer.start(VERSION, options);
        } catch (ServerFailedException failure) {
            throw unavailable("the server " + VERSION + " did not start: " + failure.getMessage());
        }
    }

    private static DtsException unavailable(String message) {
        return new DtsException(ErrorCode.SERVER_UNAVAILABLE, message,
                "The servers come through Maven, by its settings.xml (mirrors, proxies), and need Linux on x86-64; a library that"
                        + " they lack comes from Debian. Mend what the message names and run ./dts demo again");
    }

    void createAccounts() {
        source.createUser(USER, PASSWORD, "REPLICATION SLAVE, REPLICATION CLIENT on *.*",
                "SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES on shop.*");
        target.createUser(USER, PASSWORD, "ALL on shop.*", "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP on _dts.*");
    }

    /** Kills both: their data is about to be deleted. Deletes what they have outside of the demo's folder. Idempotent. */
    @Override
    public void close() {
        source.kill9();
        target.kill9();
        source.close();
        target.close();
    }
}
