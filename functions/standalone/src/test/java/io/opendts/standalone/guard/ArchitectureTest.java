package io.opendts.standalone.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The layers of the README's table: an arrow may only point down. */
@AnalyzeClasses(packages = "io.opendts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_ONLY_THE_JDK = classes().that().resideInAPackage("io.opendts.model..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "io.opendts.model..");

    @ArchTest
    static final ArchRule THE_ENGINE_INTERFACE_KNOWS_ONLY_THE_MODEL = classes().that().resideInAPackage("io.opendts.spi..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "io.opendts.model..", "io.opendts.spi..");

    @ArchTest
    static final ArchRule ENGINES_KNOW_THE_INTERFACE_AND_THE_MODEL = classes().that().resideInAPackage("io.opendts.engines.mysql..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "javax..", "com.github.luben..",
                    "io.opendts.model..", "io.opendts.spi..", "io.opendts.engines.mysql..");

    @ArchTest
    static final ArchRule NOBODY_BUT_THE_CLASS_PATH_KNOWS_AN_ENGINE = noClasses().that().resideOutsideOfPackage("io.opendts.engines..")
            .should().dependOnClassesThat().resideInAPackage("io.opendts.engines..");

    @ArchTest
    static final ArchRule THE_STORES_KNOW_NEITHER_ENGINES_NOR_FUNCTIONS = noClasses()
            .that().resideInAnyPackage("io.opendts.spec..", "io.opendts.sqlite..", "io.opendts.state..", "io.opendts.queue..")
            .should().dependOnClassesThat().resideInAnyPackage("io.opendts.spi..", "io.opendts.task..", "io.opendts.functions..",
                    "io.opendts.standalone..");

    @ArchTest
    static final ArchRule FUNCTIONS_KNOW_NO_OTHER_FUNCTION = slices().matching("io.opendts.functions.(*)..")
            .should().notDependOnEachOther();

    @ArchTest
    static final ArchRule NOBODY_STANDS_ON_THE_COMMAND_LINE = noClasses()
            .that().resideOutsideOfPackages("io.opendts.standalone..", "io.opendts.bench..")
            .should().dependOnClassesThat().resideInAPackage("io.opendts.standalone..");

    @ArchTest
    static final ArchRule NO_CIRCLES_IN_THE_ENGINE = slices().matching("io.opendts.engines.mysql.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_FRAMEWORK = noClasses()
            .that().resideInAnyPackage("io.opendts.model..", "io.opendts.spi..", "io.opendts.spec..", "io.opendts.engines..",
                    "io.opendts.state", "io.opendts.queue", "io.opendts.task..", "io.opendts.api..", "io.opendts.functions.control",
                    "io.opendts.functions.control.api")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.smallrye..", "org.apache.kafka..", "org.hibernate..",
                    "io.vertx..", "io.opendts.cluster..");
}
