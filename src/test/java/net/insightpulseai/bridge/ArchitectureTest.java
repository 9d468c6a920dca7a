package net.insightpulseai.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/** Which package may know which. */
@AnalyzeClasses(packages = "net.insightpulseai.bridge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "net.insightpulseai.bridge.";
  private static final Pattern SECOND_FORM = Pattern.compile("(is|get)[A-Z].*");

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
  static final ArchRule onlyAdminUsesTheServletApi =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "admin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..")
          .because("servlets are on the management port only");

  @ArchTest
  static final ArchRule onlyHttpUsesVertx =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..")
          .because("everything else reads a request through http.ClientRequest");

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .should(resideInANullMarkedPackage())
          .because("NullAway checks only packages that are marked");

  /** Statements outside {@code sql/}, each with its reason. */
  private static final Map<String, String> SQL_IN_JAVA =
      Map.of(
          "doctor/PairingCheck.java: grant execute on function pg_control_system() to this user",
          "it is advice to an operator");

  @ArchTest
  static void onlyTheSqlFolderHoldsSql(JavaClasses ignored) {
    assertThat(SqlInJava.find())
        .as("move each statement to src/main/resources/sql, or give the reason in SQL_IN_JAVA")
        .map(found -> found.lines().findFirst().orElse(""))
        .containsExactlyInAnyOrderElementsOf(SQL_IN_JAVA.keySet());
  }

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

  /** Camel's Simple cannot tell {@code x()} from {@code isX()}, and which one it finds varies. */
  @ArchTest
  static void noRecordHasASecondFormOfTheNameOfAComponent(JavaClasses classes) {
    List<String> doubled =
        classes.stream()
            .filter(JavaClass::isRecord)
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getRawParameterTypes().isEmpty())
            .filter(
                method ->
                    SECOND_FORM.matcher(method.getName()).matches()
                        && method.getOwner().tryGetField(component(method.getName())).isPresent())
            .map(JavaMethod::getFullName)
            .toList();
    assertThat(doubled).isEmpty();
  }

  private static String component(String method) {
    String name = method.replaceFirst("^(is|get)", "");
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
