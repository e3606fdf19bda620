package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spec.TaskSpec;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedSpecsTest {

    private static final String FILE = """
            name: shop
            type: synchronization
            source: {engine: mysql, host: one, username: u, password: "${SECRET}"}
            target: {engine: mysql, host: two, username: u, password: "${file:/run/secret}"}
            objects:
              - database: shop
            """;
    private static final Map<String, String> VALUES = Map.of("${SECRET}", "hunter2", "${file:/run/secret}", "swordfish");

    @TempDir
    private Path folder;

    private StateStore store;

    @BeforeEach
    void open() {
        store = EmbeddedStateStore.open(folder.resolve("state"));
        store.tasks().create("shop", "synchronization", "{}", "hash");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_was_sealed_is_opened_with_the_same_key() throws IOException {
        store.tasks().seal("shop", specs(1).seal(FILE, VALUES));
        TaskSpec spec = specs(1).open(store, "shop");
        assertThat(spec.source().password().reveal()).isEqualTo("hunter2");
        assertThat(spec.target().password().reveal()).isEqualTo("swordfish");
    }

    @Test
    void nothing_of_it_can_be_read_in_the_store_and_no_two_are_alike() throws IOException {
        byte[] sealed = specs(1).seal(FILE, VALUES);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2").doesNotContain("shop");
        assertThat(specs(1).seal(FILE, VALUES)).isNotEqualTo(sealed);
    }

    @Test
    void another_key_opens_nothing() throws IOException {
        store.tasks().seal("shop", specs(1).seal(FILE, VALUES));
        refused(() -> specs(2).open(store, "shop"));
    }

    @Test
    void every_changed_byte_is_noticed() throws IOException {
        byte[] sealed = specs(1).seal(FILE, VALUES);
        for (int at = 0; at < sealed.length; at += 7) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            store.tasks().seal("shop", changed);
            refused(() -> specs(1).open(store, "shop"));
        }
        store.tasks().seal("shop", new byte[] {1, 2, 3});
        refused(() -> specs(1).open(store, "shop"));
    }

    @Test
    void the_file_of_one_task_is_none_of_another() throws IOException {
        store.tasks().create("other", "synchronization", "{}", "hash");
        store.tasks().seal("other", specs(1).seal(FILE, VALUES));
        refused(() -> specs(1).open(store, "other"));
        refused(() -> specs(1).open(store, "shop"));
    }

    @Test
    void a_file_that_holds_no_key_is_named() throws IOException {
        Path file = folder.resolve("key");
        refused(() -> SealedSpecs.withKeyFile(file));
        for (String text : new String[] {"", "hunter2", "aHVudGVyMg==", "x".repeat(5000)}) {
            Files.writeString(file, text);
            refused(() -> SealedSpecs.withKeyFile(file));
        }
    }

    private static void refused(ThrowingCallable opening) {
        assertThatThrownBy(opening).isInstanceOfSatisfying(DtsException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.STATE_KEY);
            assertThat(refused.getMessage() + refused.remedy()).doesNotContain("hunter2").doesNotContain("swordfish");
        });
    }

    private SealedSpecs specs(int seed) throws IOException {
        byte[] key = new byte[32];
        new Random(seed).nextBytes(key);
        Path file = folder.resolve("key-" + seed);
        Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
        return SealedSpecs.withKeyFile(file);
    }
}
