package io.opendts.testkit;

import java.nio.file.Path;

/** What a user's commands share on a machine and can make again: {@code $DTS_CACHE}, or {@code ~/.cache/opendts}. */
public final class UserCache {

    private UserCache() {}

    public static Path folder() {
        String set = System.getenv("DTS_CACHE");
        Path base = set == null || set.isBlank() ? Path.of(System.getProperty("user.home"), ".cache", "opendts") : Path.of(set);
        return base.toAbsolutePath();
    }
}
