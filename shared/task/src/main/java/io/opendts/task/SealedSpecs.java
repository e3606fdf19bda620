package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spec.Environment;
import io.opendts.spec.TaskFile;
import io.opendts.spec.TaskFile.Result.Invalid;
import io.opendts.spec.TaskFile.Result.Valid;
import io.opendts.spec.TaskSpec;
import io.opendts.state.StateStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a key that every process of a cluster reads from a file: 32 random bytes in base64.
 *
 * <p>Sealed form: one byte that names this form, 12 random bytes, then the encrypted text with its tag of 16 bytes. Inside: the file,
 * the number of references, and each one with its value; texts are UTF-8 behind their length in 4 bytes, big-endian.
 */
public final class SealedSpecs implements SpecVault {

    private static final int KEY_BYTES = 32;
    private static final int KEY_FILE_BYTES_MAX = 1024;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte FORM = 1;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private SealedSpecs(SecretKey key) {
        this.key = key;
    }

    /** @throws DtsException STATE_KEY when the file cannot be read or holds no key */
    public static SealedSpecs withKeyFile(Path file) {
        try {
            byte[] text = Files.size(file) > KEY_FILE_BYTES_MAX ? new byte[0] : Files.readAllBytes(file);
            byte[] key = Base64.getDecoder().decode(new String(text, StandardCharsets.US_ASCII).strip());
            if (key.length == KEY_BYTES) {
                return new SealedSpecs(new SecretKeySpec(key, "AES"));
            }
        } catch (IOException unreadable) {
            throw new DtsException(ErrorCode.STATE_KEY, "the key file " + file + " cannot be read",
                    "check dts.key-file, and that this user may read the file", unreadable);
        } catch (IllegalArgumentException noBase64) {
            throw noKey(file);
        }
        throw noKey(file);
    }

    /** The content is left out: it may be most of a key. */
    private static DtsException noKey(Path file) {
        return new DtsException(ErrorCode.STATE_KEY, "the key file " + file + " does not hold 32 bytes in base64",
                "take the file of the other processes; for a new cluster: head -c 32 /dev/urandom | base64 > " + file);
    }

    @Override
    public byte[] seal(String file, Map<String, String> references) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain(file, references));
            byte[] sealed = new byte[1 + NONCE_BYTES + encrypted.length];
            sealed[0] = FORM;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
            System.arraycopy(encrypted, 0, sealed, 1 + NONCE_BYTES, encrypted.length);
            return sealed;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this JDK cannot encrypt with AES-256-GCM", impossible);
        }
    }

    @Override
    public TaskSpec open(StateStore store, String task) {
        byte[] sealed = store.tasks().sealed(task).orElseThrow(() -> locked(task, "was recorded without its secrets", null));
        if (sealed.length <= 1 + NONCE_BYTES || sealed[0] != FORM) {
            throw locked(task, "is sealed in a form that this version does not know", null);
        }
        byte[] plain;
        try {
            plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES))
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException refused) {
            throw locked(task, "cannot be opened with this process's key: it was sealed with another one, or is damaged", refused);
        }
        return switch (parse(plain)) {
            case Valid valid when valid.spec().name().equals(task) -> valid.spec();
            case Valid _ -> throw locked(task, "is sealed under the name of another task", null);
            case Invalid(var problems) -> throw new DtsException(ErrorCode.STATE_DAMAGED,
                    "the task file that is recorded for " + task + " is not valid in this version: " + problems.getFirst().message(),
                    "run the same version of OpenDTS everywhere, or send the task file again");
        };
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static DtsException locked(String task, String why, Exception cause) {
        return new DtsException(ErrorCode.STATE_KEY, "the task file of " + task + " " + why,
                "give every process the same key file (dts.key-file), then send the task file again", cause);
    }

    private static byte[] plain(String file, Map<String, String> references) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, file);
            out.writeInt(references.size());
            for (Map.Entry<String, String> reference : references.entrySet()) {
                write(out, reference.getKey());
                write(out, reference.getValue());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static TaskFile.Result parse(byte[] plain) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
            String file = read(in);
            Map<String, String> references = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                references.put(read(in), read(in));
            }
            return TaskFile.parse(file, Environment.of(references));
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was sealed ends too early", impossible);
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
