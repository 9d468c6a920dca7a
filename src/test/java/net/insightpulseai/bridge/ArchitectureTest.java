package net.insightpulseai.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Which package may know which. */
@AnalyzeClasses(packages = "net.insightpulseai.bridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "net.insightpulseai.bridge.";

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices()
          .matching(ROOT + "(*)..")
          .should()
          .beFreeOfCycles()
          .because("a package should be understood, and changed, without those that use it");

  @ArchTest
  static final ArchRule theOutboxKnowsNoTarget =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "outbox..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "odoo..", ROOT + "delivery..", ROOT + "subscriber..", ROOT + "realtime..")
          .because("a route says where a row goes; the queue is the same for every target");

  @ArchTest
  static final ArchRule onlyHttpAndAdminUseTheServletApi =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "http..", ROOT + "admin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..")
          .because("everything else reads a request through http.ClientRequest");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(resideInANullMarkedPackage())
          .because("NullAway checks only packages that are marked");

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
        events.add(
            new SimpleConditionEvent(
                item, marked, item.getName() + " is in " + item.getPackageName()));
      }
    };
  }
}
