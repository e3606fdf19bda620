package io.opendts.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.ErrorCode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStateStoreTest extends StateStoreContract {

    @TempDir
    Path folder;

    @Override
    protected StateStore open() {
        return EmbeddedStateStore.open(folder.resolve("state"), clock);
    }

    @Test
    void lookingAtAnEmptyFolderCreatesNothing() {
        assertThat(EmbeddedStateStore.openToRead(folder.resolve("nowhere"))).isEmpty();
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void whatIsThereCanBeLookedAtWhileAnotherProcessHasItOpen() {
        try (StateStore writer = open(); StateStore reader = EmbeddedStateStore.openToRead(folder.resolve("state")).orElseThrow()) {
            writer.tasks().create("shop", "migration", "{}", "h");
            assertThat(reader.tasks().list()).hasSize(1);
        }
    }

    @Test
    void nobodyElseCanReadTheState() throws Exception {
        try (StateStore store = open()) {
            store.tasks().create("shop", "migration", "{}", "h");
            for (String name : List.of("state.db", "state.db-wal", "state.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state").resolve(name))))
                        .as(name).isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state")))).isEqualTo("rwx------");
        }
    }

    @Test
    void aNewerFileIsRefusedAndADamagedOneNamed() throws Exception {
        stop();
        Path file = folder.resolve("state/state.db");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file); Statement s = c.createStatement()) {
            s.execute("pragma user_version=99");
        }
        assertCode(ErrorCode.STATE_NEWER, this::open);
        assertCode(ErrorCode.STATE_NEWER, () -> EmbeddedStateStore.openToRead(folder.resolve("state")));
        Files.writeString(file, "not a database, and quite a bit longer than a header of hundred bytes would be. ".repeat(200));
        assertCode(ErrorCode.STATE_DAMAGED, this::open);
        assertCode(ErrorCode.STATE_DAMAGED, () -> EmbeddedStateStore.openToRead(folder.resolve("state")));
        Files.delete(file);
        start();
    }

    @Test
    void aTaskIsRunByOneProcessAndItsDeathFreesIt() throws Exception {
        Process child = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Locker.class.getName(), folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader out = child.inputReader()) {
            assertThat(out.readLine()).isEqualTo("locked");
            assertCode(ErrorCode.TASK_RUNS_ELSEWHERE, () -> TaskLock.take(folder, "shop"));
            TaskLock.take(folder, "crm").close();
        } finally {
            child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        try (TaskLock lock = TaskLock.take(folder, "shop")) {
            assertThat(lock).isNotNull();
            assertCode(ErrorCode.TASK_RUNS_ELSEWHERE, () -> TaskLock.take(folder, "shop"));
        }
    }

    /** Holds the lock until it is killed. */
    static final class Locker {
        public static void main(String[] args) throws Exception {
            try (TaskLock lock = TaskLock.take(Path.of(args[0]), "shop")) {
                System.out.println(lock == null ? "" : "locked");
                System.in.read();
            }
        }
    }
}
