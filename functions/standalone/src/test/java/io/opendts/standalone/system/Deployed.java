package io.opendts.standalone.system;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test on a cluster of processes. All such classes run behind the others and one at a time, in one JVM: two clusters beside each other
 * are more than a machine of two cores carries, and what they are slow at then tells nothing.
 */
@Tag("deployed")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Deployed {}
