package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write into route files by mistake, and what they are told. */
class RouteEditsTest {

  static List<Edit> edits() throws IOException {
    return Edit.all();
  }

  @Test
  void theShippedRoutesHaveNeitherFaultsNorWarnings() {
    assertThat(ShippedRoutes.check(ShippedRoutes.FOLDER)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("edits")
  void oneLineNamesFileAndLineAndWhatIsWrong(Edit edit) {
    List<Finding> findings = ShippedRoutes.check(edit.files());

    assertThat(findings)
        .anyMatch(one -> one.toString().contains(edit.says()) && one.refused() != edit.warns())
        .noneMatch(one -> one.toString().contains("\n"));
    if (edit.warns()) {
      assertThat(findings).noneMatch(Finding::refused);
    }
  }

  @Test
  void thereAreEnoughOfThemAndNoneIsThereTwice() throws IOException {
    assertThat(edits())
        .hasSizeGreaterThanOrEqualTo(60)
        .extracting(Edit::what)
        .doesNotHaveDuplicates();
  }

  @Test
  void allFaultsAreListedAtOnceByFileAndLine() {
    List<RouteFile> files =
        ShippedRoutes.with(
            "actions/odoo-info",
            text ->
                text.replace("ref: askInfo", "ref: askInf")
                    .replace("ref: readInfo", "reff: readInfo")
                    .replace("httpMethod: GET", "httpMethd: GET"));

    assertThat(ShippedRoutes.check(files))
        .extracting(Finding::toString)
        .containsExactly(
            "routes/actions/odoo-info.camel.yaml:13: unknown bean \"askInf\" (did you mean \"askInfo\"?)",
            "routes/actions/odoo-info.camel.yaml:18: unknown option \"httpMethd\" of http: (did you mean \"httpMethod\"?)",
            "routes/actions/odoo-info.camel.yaml:29: unknown option \"reff\" of process (did you mean \"ref\"?)");
  }

  @Test
  void aRouteThatIsHalfTypedIsAllThatIsTold() {
    List<RouteFile> files = new ArrayList<>(ShippedRoutes.files());
    String half =
        "- route:\n    id: half\n    from:\n      steps:\n        - log:\n            message: x\n";
    files.add(new RouteFile("routes/custom/half.camel.yaml", half));

    assertThat(ShippedRoutes.check(files))
        .isNotEmpty()
        .allMatch(one -> one.file().equals("routes/custom/half.camel.yaml"));
  }

  @Test
  void aDeletedFileIsMissedByThoseWhoCallItsRoutes() {
    List<RouteFile> files =
        ShippedRoutes.files().stream()
            .filter(one -> !one.name().endsWith("/deliver-webhook.camel.yaml"))
            .toList();

    assertThat(ShippedRoutes.check(files))
        .extracting(Finding::toString)
        .contains(
            "routes/deliveries/event-deliveries.camel.yaml:29: no route takes from \"direct:deliver-webhook\"");
  }

  @Test
  void aDeliveryOfOnesOwnThatNothingWouldCallIsRefused() {
    String own =
        """
        - route:
            id: deliver-custom-slack
            group: egress
            routeConfigurationId: caller-errors
            from:
              uri: direct:deliver-custom-slack
              steps:
                - process:
                    id: slack-decide
                    ref: decideOutcome
        """;
    List<RouteFile> files =
        new ArrayList<>(
            ShippedRoutes.with(
                "deliveries/deliver-webhook",
                text -> text.replace("ref: deliverByOwnRoute", "ref: findSubscriber")));
    files.add(new RouteFile("routes/custom/slack.camel.yaml", own));

    assertThat(ShippedRoutes.check(files))
        .extracting(Finding::toString)
        .anyMatch(
            one ->
                one.contains("is never called, because no route has the step deliverByOwnRoute"));
  }

  @Test
  void aRouteOfOnesOwnMayUseWhatTheShippedOnesUse() {
    String own =
        """
        - route:
            id: ping
            description: Answers who has the service key
            group: lookup
            routeConfigurationId: http-errors
            from:
              uri: platform-http:/custom/ping
              parameters:
                httpMethodRestrict: POST
                useStreaming: "true"
              steps:
                - process:
                    ref: requireServiceKey
                - process:
                    ref: readBody
                - removeHeaders:
                    pattern: "*"
                - setBody:
                    simple: "${body.length}"
                - log: "${body}"
                - to: log:ping?showBody=false
                - to:
                    uri: sql:select :#${header.x}
                - choice:
                    when:
                      - simple: "${body} > 5"
                        steps:
                          - setHeader:
                              name: CamelHttpResponseCode
                              constant: 422
                    otherwise:
                      steps:
                        - stop: {}
        """;

    assertThat(ShippedRoutes.check(ShippedRoutes.and("routes/custom/ping.camel.yaml", own)))
        .isEmpty();
  }
}
