package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import net.insightpulseai.bridge.BridgeTest;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What every address refuses in the same way. */
class RefusalsAsDescribedTest extends BridgeTest {

  private static final byte[] NOTHING = {};
  private static final Set<String> READ_A_BODY = Set.of("post", "patch");

  private OpenApi api;
  @Autowired private CamelContext camel;

  @BeforeEach
  void read() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
  }

  @Test
  void theWrongMethodIsRefusedAsDescribed() {
    for (String path : api.paths()) {
      for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
        if (!api.methods(path).contains(method.toLowerCase(Locale.ROOT))) {
          HttpResponse<String> response = call(method, OpenApi.concrete(path), NOTHING);
          assertThat(response.statusCode()).as("%s %s", method, path).isEqualTo(405);
          api.methods(path).forEach(described -> api.accepts(described, path, response));
        }
      }
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAsDescribed() {
    byte[] body = new byte[1_100_000];
    forEachOperation(
        (method, path) -> {
          HttpResponse<String> response =
              call(method.toUpperCase(Locale.ROOT), OpenApi.concrete(path), body);
          assertThat(response.statusCode()).as("%s %s", method, path).isEqualTo(413);
          api.accepts(method, path, response);
        });
  }

  @Test
  void aCompressedBodyIsRefusedAsDescribed() {
    forEachOperation(
        (method, path) -> {
          if (READ_A_BODY.contains(method)) {
            HttpResponse<String> response =
                call(
                    method.toUpperCase(Locale.ROOT),
                    OpenApi.concrete(path),
                    "{}".getBytes(UTF_8),
                    "content-encoding",
                    "gzip",
                    "x-signature",
                    sign("{}"),
                    "apikey",
                    serviceKey());
            assertThat(response.statusCode()).as("%s %s", method, path).isEqualTo(415);
            api.accepts(method, path, response);
          }
        });
  }

  @Test
  void aSuspendedRouteAnswersAsDescribed() throws Exception {
    for (Route route : camel.getRoutes()) {
      if (route.getEndpoint() instanceof PlatformHttpEndpoint endpoint) {
        camel.getRouteController().suspendRoute(route.getRouteId());
        try {
          sendsCallersAway(endpoint);
        } finally {
          camel.getRouteController().resumeRoute(route.getRouteId());
        }
      }
    }
  }

  @Test
  void aStoppedRouteAnswersAsDescribed() throws Exception {
    for (Route route : camel.getRoutes()) {
      if (route.getEndpoint() instanceof PlatformHttpEndpoint endpoint) {
        camel.getRouteController().stopRoute(route.getRouteId());
        try {
          sendsCallersAway(endpoint);
        } finally {
          camel.getRouteController().startRoute(route.getRouteId());
        }
      }
    }
  }

  private void sendsCallersAway(PlatformHttpEndpoint endpoint) {
    String path = OpenApi.path(endpoint);
    String method = endpoint.getHttpMethodRestrict();
    HttpResponse<String> response = call(method, OpenApi.concrete(path), NOTHING);
    assertThat(response.statusCode()).as(path).isEqualTo(503);
    assertThat(response.headers().firstValue("retry-after")).as(path).isPresent();
    api.accepts(method.toLowerCase(Locale.ROOT), path, response);
  }

  @Test
  void whatNoTestProvokesIsDescribedAllTheSame() {
    forEachOperation(
        (method, path) ->
            assertThat(api.statuses(method, path))
                .as("%s %s", method, path)
                .containsAnyOf("200", "201", "202")
                .contains("405", "413", "503")
                .containsAll(READ_A_BODY.contains(method) ? Set.of("408", "415") : Set.of()));
  }

  private void forEachOperation(BiConsumer<String, String> check) {
    api.paths().forEach(path -> api.methods(path).forEach(method -> check.accept(method, path)));
  }
}
