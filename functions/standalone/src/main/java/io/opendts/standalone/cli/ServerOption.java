package io.opendts.standalone.cli;

import io.opendts.standalone.Tasks;
import io.opendts.standalone.remote.ApiClient;
import io.opendts.standalone.remote.RemoteTasks;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Option;

/** Whose tasks a command is about: those of the state folder, or of a server. */
final class ServerOption {

    @Option(
            names = "--server",
            paramLabel = "URL",
            split = ",",
            converter = ServerUrl.class,
            description = "Work with the tasks of this server, not with those of the state folder; several control processes of one "
                    + "cluster: URL,URL.")
    private List<URI> servers = List.of();

    /** Empty for the state folder. */
    List<URI> urls() {
        return servers;
    }

    Tasks tasks(DtsCommand root) {
        return servers.isEmpty() ? root.tasks() : new RemoteTasks(ApiClient.of(servers));
    }
}
