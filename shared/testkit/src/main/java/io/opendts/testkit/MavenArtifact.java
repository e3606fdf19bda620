package io.opendts.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An artifact fetched by the project's own Maven as a process of its own, so that the user's settings, mirrors, proxies and
 * local repository count, and 200 MB of servers are no dependency of the build.
 */
record MavenArtifact(String group, String artifact, String version) {

    private static final String COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";
    private static final long DOWNLOAD_LIMIT_SECONDS = 900;

    /** Copies the jar into the folder and returns its path there. */
    Path copyInto(Path folder) throws FetchException {
        Optional<Path> project = projectRoot();
        List<String> words = new ArrayList<>();
        words.add(maven(project));
        words.addAll(List.of("-q", "-B", "-ntp", "-N", COPY_GOAL, "-Dartifact=" + group + ":" + artifact + ":" + version,
                "-DoutputDirectory=" + folder));
        // Surefire hands the user properties of its Maven on to the tests: the same local repository must be used here.
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            words.add("-Dmaven.repo.local=" + repository);
        }
        new Command(words, project.orElse(folder), Map.of("JAVA_HOME", System.getProperty("java.home")))
                .require("fetching " + group + ":" + artifact + ":" + version + " with Maven", DOWNLOAD_LIMIT_SECONDS);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(artifact)).findFirst()
                    .orElseThrow(() -> new FetchException("Maven left no " + artifact + " jar in " + folder));
        } catch (IOException e) {
            throw new FetchException("cannot read " + folder, e);
        }
    }

    private static String maven(Optional<Path> project) throws FetchException {
        if (project.isPresent()) {
            return project.get().resolve("mvnw").toString();
        }
        return Command.find("mvn").map(Path::toString)
                .orElseThrow(() -> new FetchException("neither the project's mvnw nor mvn on the PATH was found"));
    }

    /**
     * The checkout: the first folder with an mvnw, upwards from where this class was loaded, then from the working folder,
     * which may be in a project of the user's.
     */
    private static Optional<Path> projectRoot() {
        try {
            Path classes = Path.of(MavenArtifact.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return upwards(classes).or(() -> upwards(Path.of("").toAbsolutePath()));
        } catch (URISyntaxException e) {
            return upwards(Path.of("").toAbsolutePath());
        }
    }

    private static Optional<Path> upwards(Path start) {
        return Stream.iterate(start, folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isExecutable(folder.resolve("mvnw")) && Files.isRegularFile(folder.resolve("pom.xml"))).findFirst();
    }
}
