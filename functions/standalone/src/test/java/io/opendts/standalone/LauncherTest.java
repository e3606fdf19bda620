package io.opendts.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, in which the JDK and Maven are scripts that tell what they were asked for. */
class LauncherTest {

    private static final long LIMIT_S = 60;

    private record Ran(int exit, String out, String errors) {}

    @TempDir
    private Path folder;

    private Path checkout;
    private Path jdk;

    @BeforeEach
    void layOutACheckout() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a check out"));
        Path real = Path.of("").toAbsolutePath().getParent().getParent();
        Files.copy(real.resolve("dts"), checkout.resolve("dts"));
        Files.createDirectories(checkout.resolve("native/aot"));
        Files.createDirectories(checkout.resolve("shared/model/src/main/java"));
        Files.createDirectories(checkout.resolve("functions/standalone/src/main/java"));
        Files.createFile(checkout.resolve("pom.xml"));
        Files.createFile(checkout.resolve("functions/standalone/src/main/java/A.java"));
        script(checkout.resolve("mvnw"), "echo \"mvnw $*\" >>\"" + checkout + "/calls\"; echo \"maven says\"; exec sleep ${MAVEN_S:-0}");
        script(
                checkout.resolve("native/aot/install.sh"),
                "mkdir -p \"$2/common\" \"$2/quarkus\"; : >\"$2/common/c.jar\"; : >\"$2/quarkus/q.jar\"");
        script(
                checkout.resolve("native/aot/install-cluster.sh"),
                "[ -f \"$4/common/c.jar\" ] || exit 1\n"
                        + "mkdir -p \"$2/common\"; shift 4; echo \"dts: preparing $*\" >&3; echo \"not for the screen\"");
        long past = Instant.now().minusSeconds(60).toEpochMilli();
        try (var files = Files.walk(checkout)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(past));
            }
        }
        jdk = fakeJdk("jdk", "25.0.3");
    }

    @Test
    void buildsTheFirstTimeAndNotTheSecond() throws Exception {
        Ran first = dts("version");
        assertThat(first.exit).isZero();
        assertThat(first.out).contains("io.opendts.standalone.Dts version").doesNotContain("maven says");
        assertThat(first.errors).contains("building once").doesNotContain("maven says");
        Ran second = dts("version");
        assertThat(second.errors).isEmpty();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
        dts("version");
        Files.writeString(checkout.resolve("functions/standalone/src/main/java/B.java"), "class B {}");
        assertThat(dts("version").errors).contains("building again");
        assertThat(dts("version").errors).isEmpty();
        Files.delete(checkout.resolve("functions/standalone/src/main/java/B.java"));
        dts("version");
        assertThat(mavenCalls()).hasSize(3);
    }

    @Test
    void lightAndHeavyCommandsGetDifferentJvms() throws Exception {
        assertThat(dts("--state", "x y", "--output", "json", "list").out)
                .contains("-XX:TieredStopAtLevel=1", "light.aot", "Dts --state x y --output json list")
                .doesNotContain("q.jar");
        assertThat(dts("--state", "run", "list").out).contains("light.aot");
        assertThat(dts("--log-level=info", "run", "task file.yaml").out)
                .contains("heavy.aot", "-Xmx256m", "q.jar:", "Dts --log-level=info run task file.yaml")
                .doesNotContain("TieredStopAtLevel");
        assertThat(dts("run", "--help").out).contains("light.aot");
        assertThat(dts().out).contains("light.aot");
    }

    @Test
    void aClusterIsBuiltOnceAndOnlyWhenItIsBroughtUp() throws Exception {
        Ran status = dts("cluster", "status");
        assertThat(status.out).contains("light.aot", "Dts cluster status").doesNotContain("dts.cluster.app", "q.jar");
        assertThat(dts("cluster", "up", "--help").out).doesNotContain("dts.cluster.app");
        assertThat(mavenCalls()).singleElement().asString().contains("-Ddeployables.skip=true", "-pl functions/standalone ");
        Ran up = dts("--state", "x", "cluster", "--output", "json", "up", "--apply", "2");
        assertThat(up.errors).contains("building the functions", "dts: preparing control precheck schema snapshot reader apply verify")
                .doesNotContain("not for the screen");
        assertThat(up.out).contains("light.aot", "c.jar:", "q.jar", "-Ddts.cluster.app=" + checkout.toRealPath() + "/target/dts/cluster-")
                .contains("Dts --state x cluster --output json up --apply 2");
        assertThat(mavenCalls()).hasSize(2);
        assertThat(mavenCalls().getLast()).contains("-Ddeployables.skip=false", "functions/control,functions/precheck");
        assertThat(dts("cluster", "up").errors).isEmpty();
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void aBuildThatAProcessStillUsesIsKept() throws Exception {
        dts("cluster", "up");
        Path first;
        try (var folders = Files.list(checkout.resolve("target/dts"))) {
            first = folders.filter(path -> path.getFileName().toString().matches("cluster-\\d.*")).findFirst().orElseThrow().toRealPath();
        }
        Process user = new ProcessBuilder("sh", "-c", "sleep 600; : " + first + "/apply").start();
        try {
            for (int build = 1; build <= 2; build++) {
                Files.writeString(checkout.resolve("functions/standalone/src/main/java/New" + build + ".java"), "");
                dts("cluster", "up");
            }
            assertThat(first).exists();
        } finally {
            user.descendants().forEach(ProcessHandle::destroyForcibly);
            user.destroyForcibly();
        }
        Files.writeString(checkout.resolve("functions/standalone/src/main/java/New3.java"), "");
        dts("cluster", "up");
        assertThat(first).doesNotExist();
    }

    @Test
    void aUsersJvmOptionsComeLastSoThatTheyWin() throws Exception {
        Ran ran = run(Map.of("DTS_JAVA_OPTS", "-Xmx1g -Dx=y"), checkout.resolve("dts"), "run", "t.yaml");
        assertThat(ran.out).matches("(?s).*-Xmx256m.*-Xmx1g -Dx=y .*");
    }

    @Test
    void worksThroughASymbolicLinkFromAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("dts"));
        assertThat(run(Map.of(), link, "version").out).contains(checkout.toString());
    }

    @Test
    void anOldJdkIsPassedOver() throws Exception {
        Path old = fakeJdk("old", "17.0.15");
        Map<String, String> environment =
                Map.of("JAVA_HOME", old.toString(), "PATH", jdk.resolve("bin") + ":/usr/bin:/bin");
        Ran ran = run(environment, checkout.resolve("dts"), "version");
        assertThat(ran.exit).isZero();
        assertThat(ran.out).startsWith(jdk.toRealPath().toString());
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() throws Exception {
        String launcher = Files.readString(checkout.resolve("dts"));
        assertThat(launcher).contains("\nrelease=25\n");
        script(checkout.resolve("dts"), launcher.replace("\nrelease=25\n", "\nrelease=999\n"));
        Ran ran = dts("version");
        assertThat(ran.exit).isEqualTo(1);
        assertThat(ran.errors).contains("JDK", "release 999 or newer", "https://adoptium.net", "JAVA_HOME=");
        assertThat(ran.out).isEmpty();
    }

    @Test
    void aFailedBuildShowsMavensWords() throws Exception {
        script(checkout.resolve("mvnw"), "echo 'A.java is wrong'; exit 1");
        Ran ran = dts("version");
        assertThat(ran.exit).isEqualTo(1);
        assertThat(ran.errors).contains("A.java is wrong", "The build failed");
        assertThat(dts("version").errors).contains("The build failed");
    }

    @Test
    void aCheckoutThatMayNotBeWrittenIsSaidToBeSo() throws Exception {
        Files.createFile(checkout.resolve("target"));
        Ran ran = dts("version");
        assertThat(ran.exit).isEqualTo(1);
        assertThat(ran.errors).contains("has to be built", "you may not write there", checkout.toString());
    }

    @Test
    void firstBuildsAtTheSameTimeAreOneBuild() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(Map.of("MAVEN_S", "1"), checkout.resolve("dts"), "version"));
        }
        for (Process process : processes) {
            assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void testRunsEverythingAndCountsWhatRan() throws Exception {
        script(
                checkout.resolve("mvnw"),
                """
                echo "mvnw $*"
                mkdir -p functions/a/target/surefire-reports
                cat >functions/a/target/surefire-reports/TEST-A.xml <<'XML'
                <testsuite xmlns:xsi="x" name="A" time="0.1" tests="7" errors="0" skipped="1" failures="2">
                </testsuite>
                XML
                exit 1""");
        Ran ran = dts("test", "-o", "-Dx=a b");
        assertThat(ran.exit).isEqualTo(1);
        assertThat(ran.out).contains("verify -o -Dx=a b");
        assertThat(ran.out.lines().toList().getLast())
                .isEqualTo("dts test: 1 test classes, 7 tests, 2 failures, 0 errors, 1 skipped: FAILED");
    }

    private Ran dts(String... words) throws Exception {
        return run(Map.of(), checkout.resolve("dts"), words);
    }

    private Ran run(Map<String, String> environment, Path launcher, String... words) throws Exception {
        Process process = start(environment, launcher, words);
        assertThat(process.waitFor(LIMIT_S, TimeUnit.SECONDS)).as("ended in time").isTrue();
        String out = Files.readString(folder.resolve(process.pid() + ".out"));
        String errors = Files.readString(folder.resolve(process.pid() + ".err"));
        return new Ran(process.exitValue(), out, errors);
    }

    private Process start(Map<String, String> environment, Path launcher, String... words) throws IOException {
        String intoFiles = "exec \"$@\" >\"$0/$$.out\" 2>\"$0/$$.err\"";
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", intoFiles, folder.toString(), launcher.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(checkout.resolve("calls"));
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "echo \"$0 $*\"");
        script(home.resolve("bin/javac"), "exit 0");
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text.startsWith("#!") ? text : "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
