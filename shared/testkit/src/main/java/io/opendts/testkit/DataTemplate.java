package io.opendts.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An initialized data folder, made once for a server binary and copied for every server: initializing takes seconds, copying
 * a fraction of one. It holds the root account and nothing else.
 */
record DataTemplate(ServerBinaries.Available binaries, CacheFolder cache, boolean foldedNames) {

    /** Raised with every change of how a template is made. */
    private static final int RECIPE = 1;
    private static final long INITIALIZE_LIMIT_SECONDS = 180;

    void copyTo(Path data) throws FetchException {
        try {
            // The size stands for the build of the binary: a newer one fetched into the cache gets a template of its own.
            String build = Long.toHexString(Files.size(binaries.program())) + "-" + RECIPE + (foldedNames ? "-folded" : "");
            Path template = cache.get(binaries.version().folderName() + "-data-" + build, this::initialize);
            CacheFolder.copy(template, data);
        } catch (IOException e) {
            throw new FetchException("cannot copy the data folder template to " + data, e);
        }
    }

    private void initialize(Path data) throws IOException, FetchException {
        Path scratch = Files.createTempDirectory("opendts-init");
        try {
            List<String> words = new ArrayList<>(ServerArguments.common(binaries, data, foldedNames));
            words.add("--tmpdir=" + scratch);
            Path input = null;
            switch (binaries.version().flavor()) {
                case MYSQL -> words.addAll(List.of("--initialize-insecure",
                        "--init-file=" + Files.writeString(scratch.resolve("accounts.sql"), accounts())));
                case MARIADB -> {
                    words.addAll(List.of("--bootstrap", "--max-allowed-packet=8M", "--net-buffer-length=16K"));
                    input = Files.write(scratch.resolve("bootstrap.sql"), bootstrap());
                }
            }
            Command.Result result = new Command(words, data, binaries.environment()).run(input, INITIALIZE_LIMIT_SECONDS);
            if (result.exitCode() != 0 || !Files.isDirectory(data.resolve("mysql"))) {
                throw new FetchException("initializing a data folder failed (exit " + result.exitCode() + "): " + result.tail());
            }
            // Holds the server's identity: every copy must get its own.
            Files.deleteIfExists(data.resolve("auto.cnf"));
        } finally {
            CacheFolder.delete(scratch);
        }
    }

    /** The server reads a line at a time here, a statement ending with its line. */
    private static String accounts() {
        return "alter user 'root'@'localhost' identified by '" + DatabaseServer.ROOT_PASSWORD + "';\n"
                + "create user 'root'@'%' identified by '" + DatabaseServer.ROOT_PASSWORD + "';\n"
                + "grant all on *.* to 'root'@'%' with grant option;\n";
    }

    /** What mariadb-install-db feeds to the server, without that script, which wants programs that the packages lack. */
    private byte[] bootstrap() throws IOException, FetchException {
        StringBuilder sql = new StringBuilder("create database if not exists mysql;\nuse mysql;\n")
                .append("set @auth_root_socket=NULL;\nset @skip_auth_anonymous=1;\n");
        for (String part : List.of("system_tables", "performance_tables", "system_tables_data")) {
            sql.append(script(part + ".sql"));
        }
        sql.append(Files.readString(binaries.share().resolve("maria_add_gis_sp_bootstrap.sql"), StandardCharsets.UTF_8));
        sql.append(script("sys_schema.sql"));
        // The scripts make accounts of root without a password for 127.0.0.1 and the machine's name, which would win over '%'.
        return sql.append("use mysql;\ndelete from global_priv where user = 'root' and host <> 'localhost';\n")
                .append("flush privileges;\n").append(accounts()).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The scripts were named mysql_ before MariaDB 11. */
    private String script(String name) throws IOException, FetchException {
        Path found = Stream.of("mariadb_" + name, "mysql_" + name).map(binaries.share()::resolve).filter(Files::exists).findFirst()
                .orElseThrow(() -> new FetchException("the server's folder " + binaries.share() + " lacks the script " + name));
        return Files.readString(found, StandardCharsets.UTF_8);
    }
}
