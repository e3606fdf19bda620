package io.opendts.testkit.junit;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.ServerVersion;
import io.opendts.testkit.Sql;
import io.opendts.testkit.junit.ServerPool.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/** Gives {@link OnServers} and {@link OnPairs} methods their servers, and shows the servers' logs when such a test fails. */
final class ServersExtension implements TestTemplateInvocationContextProvider {

    private static final int LOG_TAIL_LINES = 40;
    private static final String OWN_DATABASES = "('mysql', 'sys', 'information_schema', 'performance_schema')";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        OnServers servers = context.getRequiredTestMethod().getAnnotation(OnServers.class);
        if (servers != null) {
            ServerVersion[] versions = servers.value().length == 0 ? ServerVersion.values() : servers.value();
            return Stream.of(versions).map(version -> new Invocation(version.label(), List.of(version)));
        }
        return Stream.of(context.getRequiredTestMethod().getAnnotation(OnPairs.class).value())
                .map(pair -> new Invocation(pair.source() + " -> " + pair.target(), List.of(pair.source(), pair.target())));
    }

    private record Invocation(String name, List<ServerVersion> versions) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int index) {
            return name;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new Servers(versions));
        }
    }

    /** For one run of one test method. */
    private static final class Servers implements BeforeEachCallback, AfterTestExecutionCallback, ParameterResolver {

        private final List<ServerVersion> versions;
        private List<DatabaseServer> servers = List.of();

        Servers(List<ServerVersion> versions) {
            this.versions = versions;
        }

        /** Not left to the resolution of parameters, where an abort would count as an error. */
        @Override
        public void beforeEach(ExtensionContext context) {
            servers = started(context);
            servers.forEach(Servers::dropDatabases);
        }

        private List<DatabaseServer> started(ExtensionContext context) {
            ServerPool pool = ServerPool.of(context);
            DatabaseServer source = pool.server(versions.getFirst(), Role.SOURCE);
            return versions.size() == 1 ? List.of(source) : List.of(source, pool.server(versions.getLast(), Role.TARGET));
        }

        private static void dropDatabases(DatabaseServer server) {
            try (Sql sql = server.sql()) {
                // Foreign keys may lead from one database to another.
                sql.execute("set foreign_key_checks = 0");
                sql.rows("select schema_name from information_schema.schemata where schema_name not in " + OWN_DATABASES)
                        .forEach(row -> sql.execute("drop database `" + row.getFirst().replace("`", "``") + "`"));
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            Class<?> wanted = parameter.getParameter().getType();
            return wanted == DatabaseServer.class && versions.size() == 1 || wanted == ServerPair.class && versions.size() == 2;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return versions.size() == 1 ? servers.getFirst() : new ServerPair(servers.getFirst(), servers.getLast());
        }

        @Override
        public void afterTestExecution(ExtensionContext context) {
            context.getExecutionException().filter(problem -> !(problem instanceof TestAbortedException)).ifPresent(problem ->
                    servers.forEach(server -> System.err.println(context.getDisplayName() + ": the end of the log of " + server + ":\n"
                            + server.logTail(LOG_TAIL_LINES))));
        }
    }
}
