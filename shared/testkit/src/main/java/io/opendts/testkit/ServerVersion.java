package io.opendts.testkit;

/**
 * The servers that tests, the demo and the benchmark run against. The numbers are those of the release line; servers that
 * come from a distribution move within it, and {@link #MYSQL_9_7} moves on with Debian's unstable suite.
 */
public enum ServerVersion {
    MYSQL_5_7(Flavor.MYSQL, 5, 7, "MySQL 5.7"),
    MYSQL_8_0(Flavor.MYSQL, 8, 0, "MySQL 8.0"),
    MYSQL_9_7(Flavor.MYSQL, 9, 7, "MySQL 9.7"),
    MARIADB_10_11(Flavor.MARIADB, 10, 11, "MariaDB 10.11"),
    MARIADB_11_4(Flavor.MARIADB, 11, 4, "MariaDB 11.4");

    private final Flavor flavor;
    private final int major;
    private final int minor;
    private final String label;

    ServerVersion(Flavor flavor, int major, int minor, String label) {
        this.flavor = flavor;
        this.major = major;
        this.minor = minor;
        this.label = label;
    }

    public Flavor flavor() {
        return flavor;
    }

    public int major() {
        return major;
    }

    public int minor() {
        return minor;
    }

    /** For people: {@code MySQL 8.0}. */
    public String label() {
        return label;
    }

    /** Names files and folders of the cache: {@code mysql-8.0}. */
    public String folderName() {
        return label.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    public boolean isMySql() {
        return flavor == Flavor.MYSQL;
    }

    @Override
    public String toString() {
        return label;
    }
}
