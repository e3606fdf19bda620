package io.opendts.standalone.run;

import io.opendts.functions.verify.RowDifference;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spi.Mender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The SQL that makes the target equal, in a file that only its owner reads; written only when asked for. */
final class RepairScript implements AutoCloseable {

    private final Optional<Writer> file;
    private final Mender mender;

    private RepairScript(Optional<Writer> file, Mender mender) {
        this.file = file;
        this.mender = mender;
    }

    static RepairScript open(Optional<Path> path, Mender mender) {
        return new RepairScript(path.map(RepairScript::create), mender);
    }

    private static Writer create(Path path) {
        try {
            return Files.newBufferedWriter(path, StandardCharsets.UTF_8);
        } catch (IOException unwritable) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot write the repair file " + path,
                    "name a file in a folder that this user may write to", unwritable);
        }
    }

    void add(RowDifference difference) {
        file.ifPresent(writer -> statements(difference).forEach(statement -> write(writer, statement)));
    }

    private java.util.List<String> statements(RowDifference difference) {
        return switch (difference.kind()) {
            case MISSING, DIFFERENT -> java.util.List.of(mender.put(difference.relation(), difference.expected()));
            case SURPLUS -> java.util.List.of(mender.remove(difference.relation(), difference.found()));
            case TABLE_MISSING -> java.util.List.of("-- table " + difference.table() + " is missing or lacks a column: run the schema stage");
        };
    }

    private static void write(Writer writer, String statement) {
        try {
            writer.write(statement);
            writer.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() {
        file.ifPresent(writer -> {
            try {
                writer.close();
            } catch (IOException full) {
                throw new UncheckedIOException(full);
            }
        });
    }
}
