package io.opendts.standalone.demo;

import io.opendts.testkit.DatabaseServer;
import java.nio.file.Path;
import java.util.List;

/** How to go on with a demo whose servers were left running. */
record KeptDemo(DemoFolder folder, DemoServers servers) {

    List<String> lines() {
        String options = " --state " + folder.state();
        DatabaseServer source = servers.source();
        DatabaseServer target = servers.target();
        return List.of(
                "Everything is kept. Go on with it:",
                "  source   " + String.join(" ", source.clientCommand()) + " shop",
                "  target   " + String.join(" ", target.clientCommand()) + " shop",
                "  task     " + folder.taskFile(),
                "  follow   ./dts" + options + " run " + folder.taskFile() + "     (until Ctrl-C; write to the source meanwhile)",
                "  status   ./dts" + options + " status shop",
                "  compare  ./dts" + options + " verify " + folder.taskFile(),
                "  end      kill -9 " + source.pid() + " " + target.pid() + "; rm -rf " + folder.path() + " " + folderOf(source) + " "
                        + folderOf(target));
    }

    /** Its log, socket and temporary files. */
    private static Path folderOf(DatabaseServer server) {
        return server.logFile().getParent();
    }
}
