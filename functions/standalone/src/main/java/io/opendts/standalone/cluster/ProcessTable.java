package io.opendts.standalone.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** What the operating system says of processes. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT_ID = PROC.resolve("sys/kernel/random/boot_id");
    /** Fields of /proc/PID/stat behind the program's name, which is in parentheses and may hold anything; proc(5). */
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    private ProcessTable() {}

    /**
     * Something that no other process of this machine with this pid ever has, empty when the process is gone or dead and not
     * buried. Linux' own figures where there are any: the start time that the JDK tells moves with corrections of the clock.
     */
    static Optional<String> birth(long pid) {
        if (pid <= 0) {
            return Optional.empty();
        }
        if (!Files.isReadable(BOOT_ID)) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).flatMap(process -> process.info().startInstant())
                    .map(Instant::toString);
        }
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return dead ? Optional.empty() : Optional.of(Files.readString(BOOT_ID).strip() + "/" + fields[START_TICKS]);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
