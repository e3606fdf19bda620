package io.opendts.standalone.run;

import io.opendts.functions.verify.RowDifference;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spi.Mender;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The SQL that makes the target equal, in a file that only its owner reads; written only when asked for. */
final class RepairScript implements AutoCloseable {

    private final Optional<OutputStream> file;
    private final Mender mender;

    private RepairScript(Optional<OutputStream> file, Mender mender) {
        this.file = file;
        this.mender = mender;
    }

    static RepairScript open(Optional<Path> path, Mender mender) {
        RepairScript script = new RepairScript(path.map(RepairScript::create), mender);
        script.file.ifPresent(out -> write(out, mender.settings()));
        return script;
    }

    private static OutputStream create(Path path) {
        try {
            return new BufferedOutputStream(Files.newOutputStream(path));
        } catch (IOException unwritable) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot write the repair file " + path,
                    "name a file in a folder that this user may write to", unwritable);
        }
    }

    void add(RowDifference difference) {
        file.ifPresent(out -> statements(difference).forEach(statement -> write(out, statement)));
    }

    private List<byte[]> statements(RowDifference difference) {
        return switch (difference.kind()) {
            case MISSING, DIFFERENT -> List.of(mender.put(difference.relation(), difference.expected()));
            case SURPLUS -> List.of(mender.remove(difference.relation(), difference.found()));
            case TABLE_MISSING -> List.of(("-- table " + difference.table()
                    + " is missing or lacks a column: run the schema stage").getBytes(StandardCharsets.UTF_8));
        };
    }

    private static void write(OutputStream out, byte[] statement) {
        try {
            out.write(statement);
            out.write(';');
            out.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() {
        file.ifPresent(out -> {
            try {
                out.close();
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        });
    }
}
