package io.opendts.testkit.junit;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerVersion;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of one test class's own, with options of its own:
 * {@code @RegisterExtension static final ServerExtension SERVER = new ServerExtension(MYSQL_8_0, options)}.
 */
public final class ServerExtension implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    private static final int LOG_TAIL_LINES = 40;

    private final ServerVersion version;
    private final ServerOptions options;
    private DatabaseServer server;

    public ServerExtension(ServerVersion version, ServerOptions options) {
        this.version = version;
        this.options = options;
    }

    /** From {@code @BeforeAll} on. */
    public DatabaseServer get() {
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ServerPool.requireAvailable(version);
        server = DatabaseServer.start(version, options);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.err.println(context.getDisplayName() + ": the end of the log of " + server + ":\n" + server.logTail(LOG_TAIL_LINES));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (server != null) {
            server.close();
        }
    }
}
