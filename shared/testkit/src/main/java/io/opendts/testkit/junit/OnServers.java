package io.opendts.testkit.junit;

import io.opendts.testkit.ServerVersion;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test method once for each of these servers; it takes a {@link io.opendts.testkit.DatabaseServer} that has no
 * databases but its own. The servers are shared by all tests of the JVM, one test at a time: accounts, global variables and
 * the log of earlier tests are still there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(ServersExtension.class)
public @interface OnServers {

    /** None means all. */
    ServerVersion[] value() default {};
}
