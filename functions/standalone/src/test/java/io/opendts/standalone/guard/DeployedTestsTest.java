package io.opendts.standalone.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.opendts.standalone.system.Deployed;

/** The build runs clusters one at a time, so it has to know which tests begin one. */
@AnalyzeClasses(packages = "io.opendts.standalone", importOptions = ImportOption.OnlyIncludeTests.class)
class DeployedTestsTest {

    @ArchTest
    static final ArchRule WHOEVER_BEGINS_A_CLUSTER_SAYS_SO = noClasses()
            .that().haveSimpleNameEndingWith("Test").and().areNotAnnotatedWith(Deployed.class)
            .should().dependOnClassesThat().haveNameMatching("io\\.opendts\\.standalone\\..*\\.(TestCluster|TaskCluster|HttpCluster)");
}
