package io.opendts.standalone.system;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The servers of this JVM's tests, started when first asked for. */
final class TestServers {

    private TestServers() {}

    static TestServer source(ServerPair pair) {
        return given("source", pair.source());
    }

    static TestServer target(ServerPair pair) {
        return given("target", pair.target());
    }

    /** -Ddts.test.servers=source:mysql57=3306,target:mysql57=3307,... */
    private static TestServer given(String role, String name) {
        Map<String, Integer> ports = Arrays.stream(System.getProperty("dts.test.servers", "").split(","))
                .filter(s -> !s.isBlank())
                .collect(Collectors.toMap(s -> s.split("=")[0], s -> Integer.valueOf(s.split("=")[1])));
        return new TestServer(name, ports.get(role + ":" + name));
    }
}
