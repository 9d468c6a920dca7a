package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import net.insightpulseai.bridge.EditedRoutes;
import net.insightpulseai.bridge.history.Pins;
import net.insightpulseai.bridge.history.Versions;
import net.insightpulseai.bridge.reload.ReloadSettings.Reload;
import net.insightpulseai.bridge.routecheck.Finding;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jmx.export.annotation.AnnotationJmxAttributeSource;
import org.springframework.jmx.export.assembler.MetadataMBeanInfoAssembler;

/** What an operator is told of an edit. */
class RouteReloadTest extends LiveRoutesTest {

  private static final String RAN = "bridge.test.ran";

  @Autowired private MeterRegistry meters;
  @Autowired private RoutesHealth health;
  @Autowired private RoutesControl control;
  @Autowired private ConfigurableEnvironment environment;
  @Autowired private ConfigurableListableBeanFactory beans;
  @Autowired private LiveRoutes live;
  @Autowired private Retirement retirement;
  @Autowired private ReloadReport report;
  @Autowired private Versions versions;
  @Autowired private Pins pins;

  @Test
  void aBadEditIsToldEverywhereAndChangesNothing() throws Exception {
    double before = count("refused");
    String running = reload().running().hash();
    write("custom/hello", hello("two").replace("setBody:", "setBoddy:"));

    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.REFUSED);

    String words =
        FOLDER
            + "/custom/hello.camel.yaml:25: unknown step \"setBoddy\" (did you mean \"setBody\"?)";
    assertThat(get("/custom/hello").body()).isEqualTo("one");
    assertThat(reload().running().hash()).isEqualTo(running);
    assertThat(reload().check()).extracting(Finding::toString).contains(words);
    assertThat(control.getRefused()).contains(words);
    assertThat(control.getApplied()).startsWith(running);
    assertThat(attributes()).contains("Applied", "Refused");
    assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    assertThat(health.health().getDetails().get("findings").toString()).contains(words);
    assertThat(count("refused")).isEqualTo(before + 1);
    assertThat(
            text(
                "select payload->>'findings' from public.audit_event where event_type = 'bridge.routes.refused'"))
        .contains("unknown step");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsAppliedIsAnEvent() {
    write("custom/hello", hello("two"));
    assertThat(reload().reload("Zoë")).isEqualTo(ReloadResult.APPLIED);

    assertThat(
            text(
                "select payload->>'by' || ': ' || (payload->>'change') from public.audit_event"
                    + " where event_type = 'bridge.routes.applied'"))
        .isEqualTo("Zoë: replaced word");
  }

  @Test
  void withCheckAnEditIsToldAndWaits() {
    RouteReload checking = reloadOf("checking", Reload.CHECK);
    EditedRoutes.and("checking", "custom/hello", hello("two"));
    double before = count("checked");

    checking.look();
    checking.look();

    assertThat(count("checked")).isEqualTo(before + 1);
    assertThat(get("/custom/hello").body()).isEqualTo("one");
    EditedRoutes.and(
        "checking", "custom/hello", hello("two").replace("uri: direct", "url: direct"));
    checking.look();
    checking.look();
    assertThat(checking.refused()).isNotNull();
  }

  @Test
  void withOffNothingIsLookedAt() {
    RouteReload off = reloadOf("off", Reload.OFF);
    EditedRoutes.and("off", "custom/hello", "no route");

    off.look();
    off.look();

    assertThat(off.refused()).isNull();
    assertThat(off.check()).isNotEmpty();
  }

  /** One that looks at a folder of its own. */
  private RouteReload reloadOf(String folder, Reload mode) {
    StandardEnvironment here = new StandardEnvironment();
    here.merge(environment);
    here.getPropertySources()
        .addFirst(
            new MapPropertySource(
                "folder",
                Map.of(
                    "camel.main.routes-include-pattern",
                    EditedRoutes.and(folder, "custom/hello", hello("one")))));
    StartRoutes start = new StartRoutes(here, beans, versions, pins);
    return new RouteReload(
        here,
        new ReloadSettings(mode),
        beans,
        start,
        live,
        retirement,
        new PinState(start),
        report,
        Clock.systemUTC());
  }

  @Test
  void aCommentReplacesNothing() {
    write("custom/hello", "# a comment\n" + hello("one"));

    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.APPLIED);
    assertThat(reload().running().change()).isEqualTo("no route is different");
  }

  @Test
  void whatTakesEffectAtARestartOnlySaysSo() {
    write("custom/hello", hello("two").replace("    id: hello\n", ""));

    assertThat(reload().reload("the test")).isEqualTo(ReloadResult.REFUSED);
    assertThat(reload().refused().findings())
        .extracting(Finding::toString)
        .anyMatch(one -> one.contains("is loaded at a restart only: give it an id"));
  }

  @Test
  void whatIsRefusedHasRunNothing() {
    System.clearProperty(RAN);
    String call = "${bean:type:java.lang.System?method=setProperty('" + RAN + "','yes')}";
    List<String> files =
        List.of(
            hello("two")
                + """
                - beans:
                    - name: evil
                      type: java.lang.Object
                      scriptLanguage: simple
                      script: "%s"
                """
                    .formatted(call),
            hello("two")
                .replace(
                    "    group: lookup", "    precondition: \"" + call + "\"\n    group: lookup"),
            "[{beans: [{name: evil, type: java.lang.Object, scriptLanguage: simple, script: \"%s\"}]}, {route: {id: e, from: {uri: direct:e}}}]"
                .formatted(call));

    for (String file : files) {
      write("custom/hello", file);

      assertThat(reload().reload("the test")).as(file).isEqualTo(ReloadResult.REFUSED);
      assertThat(System.getProperty(RAN)).as(file).isNull();
    }
    assertThat(get("/custom/hello").body()).isEqualTo("one");
  }

  private double count(String result) {
    return meters.get("bridge.routes.reload").tag("result", result).counter().count();
  }

  /** As Hawtio shows them. */
  private List<String> attributes() throws Exception {
    MetadataMBeanInfoAssembler assembler =
        new MetadataMBeanInfoAssembler(new AnnotationJmxAttributeSource());
    return Arrays.stream(assembler.getMBeanInfo(control, "routes").getAttributes())
        .map(MBeanAttributeInfo::getName)
        .toList();
  }
}
