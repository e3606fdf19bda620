package io.opendts.standalone;

import io.opendts.standalone.cli.DtsCommand.LogLevel;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What {@code --log-level} means to each of the two kinds of process. */
final class LogLevels {

    private LogLevels() {}

    /** Must come before Quarkus starts: it reads these once. */
    static void forQuarkus(LogLevel level) {
        System.setProperty("quarkus.log.console.level", level.name());
        if (level.compareTo(LogLevel.INFO) > 0) {
            System.setProperty("quarkus.log.level", level.name());
        }
    }

    /** The default stands in a file that the launcher names, so that logging is not even loaded unless it is used. */
    static void forLightCommands(LogLevel level) {
        if (level == LogLevel.WARN) {
            return;
        }
        Level wanted = switch (level) {
            case ERROR -> Level.SEVERE;
            case WARN -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
            case TRACE -> Level.FINEST;
        };
        Logger root = Logger.getLogger("");
        root.setLevel(wanted);
        for (Handler handler : root.getHandlers()) {
            handler.setLevel(wanted);
        }
    }
}
