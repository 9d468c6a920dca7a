package net.insightpulseai.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
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

  private OpenApi api;
  @Autowired private CamelContext camel;

  @BeforeEach
  void read() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
  }

  @Test
  void theWrongMethodIsRefusedAsDescribed() {
    for (String path : api.paths()) {
      for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
        HttpResponse<String> response = call(method, concrete(path), NOTHING);
        if (!method.equalsIgnoreCase(api.method(path))) {
          assertThat(response.statusCode()).as("%s %s", method, path).isEqualTo(405);
          api.accepts(api.method(path), path, response);
        }
      }
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedAsDescribed() {
    byte[] body = new byte[1_100_000];
    for (String path : api.paths()) {
      HttpResponse<String> response =
          call(api.method(path).toUpperCase(Locale.ROOT), concrete(path), body);
      assertThat(response.statusCode()).as(path).isEqualTo(413);
      api.accepts(api.method(path), path, response);
    }
  }

  @Test
  void aCompressedBodyIsRefusedAsDescribed() {
    for (String path : api.paths()) {
      if (api.method(path).equals("post")) {
        HttpResponse<String> response =
            post(
                concrete(path),
                "{}",
                "content-encoding",
                "gzip",
                "x-signature",
                sign("{}"),
                "apikey",
                serviceKey());
        assertThat(response.statusCode()).as(path).isEqualTo(415);
        api.accepts("post", path, response);
      }
    }
  }

  @Test
  void aSuspendedRouteAnswersAsDescribed() throws Exception {
    for (Route route : camel.getRoutes()) {
      if (route.getEndpoint() instanceof PlatformHttpEndpoint endpoint) {
        String path = endpoint.getPath();
        camel.getRouteController().suspendRoute(route.getRouteId());
        try {
          HttpResponse<String> response =
              call(api.method(path).toUpperCase(Locale.ROOT), concrete(path), NOTHING);
          assertThat(response.statusCode()).as(path).isEqualTo(503);
          assertThat(response.headers().firstValue("retry-after")).as(path).isPresent();
          api.accepts(api.method(path), path, response);
        } finally {
          camel.getRouteController().resumeRoute(route.getRouteId());
        }
      }
    }
  }

  @Test
  void whatNoTestProvokesIsDescribedAllTheSame() {
    for (String path : api.paths()) {
      assertThat(api.statuses(path))
          .as(path)
          .contains("200", "405", "413", "503")
          .containsAll(api.method(path).equals("post") ? Set.of("408", "415") : Set.of());
    }
  }

  private static String concrete(String path) {
    return path.replace("{id}", "1")
        .replace("{model}", "res.partner")
        .replace("{correlation_id}", "11111111-2222-3333-4444-555555555555");
  }
}
