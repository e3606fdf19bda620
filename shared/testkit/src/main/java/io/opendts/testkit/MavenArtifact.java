package io.opendts.testkit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An artifact fetched by the project's own Maven as a process of its own, so that the user's settings, mirrors, proxies and
 * local repository count, and 200 MB of servers are no dependency of the build.
 */
record MavenArtifact(String group, String artifact, String version) {

    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:";
    private static final long DOWNLOAD_LIMIT_SECONDS = 900;

    /** Copies the jar into the folder and returns its path there. */
    Path copyInto(Path folder) throws FetchException {
        run(folder, "-N", PLUGIN + "copy", "-Dartifact=" + this, "-DoutputDirectory=" + folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(artifact)).findFirst()
                    .orElseThrow(() -> new FetchException("Maven left no " + artifact + " jar in " + folder));
        } catch (IOException e) {
            throw new FetchException("cannot read " + folder, e);
        }
    }

    /** Copies the jars and all that they need at run time into the folder, in one run of Maven. */
    static void copyWithDependenciesInto(Path folder, List<MavenArtifact> artifacts) throws FetchException {
        String dependencies = artifacts.stream().map(one -> "<dependency><groupId>" + one.group + "</groupId><artifactId>" + one.artifact
                + "</artifactId><version>" + one.version + "</version></dependency>").collect(Collectors.joining("\n"));
        try {
            Path pom = Files.createTempFile("opendts-fetch", ".xml");
            try {
                Files.writeString(pom, """
                        <project xmlns="http://maven.apache.org/POM/4.0.0">
                        <modelVersion>4.0.0</modelVersion><groupId>io.opendts</groupId><artifactId>fetch</artifactId><version>1</version>
                        <dependencies>%s</dependencies></project>
                        """.formatted(dependencies));
                artifacts.getFirst().run(folder, "-f", pom.toString(), PLUGIN + "copy-dependencies", "-DincludeScope=runtime",
                        "-DoutputDirectory=" + folder);
            } finally {
                Files.delete(pom);
            }
        } catch (IOException e) {
            throw new FetchException("cannot write the list of what to fetch", e);
        }
    }

    private void run(Path folder, String... goal) throws FetchException {
        Optional<Path> project = projectRoot();
        List<String> words = new ArrayList<>();
        words.add(maven(project));
        words.addAll(List.of("-q", "-B", "-ntp"));
        words.addAll(List.of(goal));
        // Surefire hands the user properties of its Maven on to the tests: the same local repository must be used here.
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            words.add("-Dmaven.repo.local=" + repository);
        }
        new Command(words, project.orElse(folder), Map.of("JAVA_HOME", System.getProperty("java.home")))
                .require("fetching " + this + " with Maven", DOWNLOAD_LIMIT_SECONDS);
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
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
