package io.opendts.testkit.junit;

import io.opendts.testkit.ServerVersion;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link OnServers}, with a source and a target: the test method takes a {@link io.opendts.testkit.ServerPair}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(ServersExtension.class)
public @interface OnPairs {

    Pair[] value();

    /** Source and target of one run. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Pair {

        ServerVersion source();

        ServerVersion target();
    }
}
