package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.KafkaServer;
import io.opendts.testkit.PostgresServer;
import io.opendts.testkit.ServerCommand;
import io.opendts.testkit.ServerFailedException;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerUnavailableException;
import io.opendts.testkit.ServerVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The functions as the launcher has laid them out, and servers as the testkit has them from Maven.
 *
 * @param installed has a folder a function, with {@code run.args}: the JVM's words but for the main class
 */
record InstalledPrograms(Path installed, ClusterFolder folder) implements Programs {

    /** The class that starts a Quarkus application whose jars are laid out flat. */
    private static final String MAIN = "io.opendts.cluster.FunctionProcess";
    private static final ServerVersion MYSQL = ServerVersion.MYSQL_8_0;
    private static final int BUFFER_POOL_MIB = 128;

    @Override
    public String build() {
        return installed.getFileName().toString();
    }

    @Override
    public Launch server(Role role, StateStoreKind kind, int port) {
        try {
            return role == Role.KAFKA ? kafka(port) : switch (kind) {
                case MYSQL -> mysql(port);
                case POSTGRESQL -> postgresql(port);
            };
        } catch (ServerFailedException | ServerUnavailableException e) {
            throw new DtsException(ErrorCode.SERVER_UNAVAILABLE, "the cluster's " + role.label() + " cannot be had: " + e.getMessage(),
                    "The servers come through Maven, by its settings.xml (mirrors, proxies), and need Linux on x86-64. Mend what the"
                            + " message names, or name servers of your own: --kafka, --state-url", e);
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private Launch kafka(int port) throws IOException {
        Path home = Files.createDirectories(folder.kafkaData());
        return new Launch(KafkaServer.prepare(home, port), Map.of(), home, folder.log(Role.KAFKA.id(1)), Launch.TERM);
    }

    /**
     * The socket's name is relative to the data folder, where the server works: a path has at most 107 characters there. The
     * accounts are written at every start, before the server accepts anybody; the password that the template's root account
     * has is known to everybody.
     */
    private Launch mysql(int port) throws IOException {
        Path home = Files.createDirectories(folder.stateData(StateStoreKind.MYSQL));
        Path log = folder.log(Role.STATE_STORE.id(1));
        Path accounts = home.resolve("accounts.sql");
        String password = folder.statePassword();
        folder.replace(accounts, String.join("\n",
                "alter user 'root'@'localhost' identified by '" + password + "';",
                "drop user if exists 'root'@'%';",
                "create database if not exists " + DATABASE + " character set utf8mb4;",
                "create user if not exists '" + USERNAME + "'@'%' identified by '" + password + "';",
                "alter user '" + USERNAME + "'@'%' identified by '" + password + "';",
                "grant all on " + DATABASE + ".* to '" + USERNAME + "'@'%';", ""));
        Files.createDirectories(log.getParent());
        ServerOptions options = ServerOptions.defaults().withoutBinlog().withBufferPoolMiB(BUFFER_POOL_MIB)
                .withDataFolder(home.resolve("data")).withArguments("--socket=s.sock", "--init-file=" + accounts);
        ServerCommand command = DatabaseServer.prepare(MYSQL, home, port, log, options);
        return new Launch(command.words(), command.environment(), home, log, command.stopSignal());
    }

    private Launch postgresql(int port) throws IOException {
        Path home = Files.createDirectories(folder.stateData(StateStoreKind.POSTGRESQL));
        ServerCommand command = PostgresServer.prepare(home, port, USERNAME, folder.statePassword());
        return new Launch(command.words(), command.environment(), command.folder(), folder.log(Role.STATE_STORE.id(1)),
                command.stopSignal());
    }

    /** MySQL has been told by its file of accounts. */
    @Override
    public void furnish(StateStoreKind kind, int port) {
        switch (kind) {
            case MYSQL -> { }
            case POSTGRESQL -> PostgresServer.createDatabase(port, USERNAME, folder.statePassword(), DATABASE);
        }
    }

    @Override
    public Launch function(Role role, String id, int port, Connections to) {
        Path arguments = installed.resolve(role.label()).resolve("run.args");
        if (!Files.isReadable(arguments)) {
            throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "the function " + role.label() + " has not been built for a cluster",
                    "Run the command by its launcher, which builds it: ./dts cluster up");
        }
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("@" + arguments);
        Stream.of(System.getenv().getOrDefault("DTS_JAVA_OPTS", "").split(" ")).filter(word -> !word.isEmpty()).forEach(words::add);
        words.add(MAIN);
        return new Launch(words, Map.of(
                "DTS_KAFKA", to.kafka(),
                "DTS_STATE_URL", to.stateUrl(),
                "DTS_STATE_USERNAME", to.username(),
                "DTS_STATE_PASSWORD", to.password(),
                "DTS_KEY_FILE", folder.key().toString(),
                "DTS_PROCESS_ID", id,
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port)), folder.path(), folder.log(id), Launch.TERM);
    }
}
