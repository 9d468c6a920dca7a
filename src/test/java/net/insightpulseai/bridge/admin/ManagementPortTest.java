package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import net.insightpulseai.bridge.BridgeTest;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;

class ManagementPortTest extends BridgeTest {

  private static final String LOGIN = "admin:" + ADMIN_PASSWORD;
  private static final String ROUTE = "type=routes,name=\"delete-old-events\"";
  private static final String NOBODY = "";

  @LocalManagementPort private int port;
  @Autowired private ProducerTemplate template;
  @Autowired private CamelContext camel;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/info",
        "/actuator/prometheus",
        "/actuator/health/db",
        "/actuator/jolokia",
        "/actuator/jolokia/version",
        "/actuator/hawtio",
        "/actuator/hawtio/",
        "/actuator/hawtio/index.html",
        "/actuator/hawtio/jolokia/version",
        "/actuator/hawtio/proxy/127.0.0.1/8787/health",
        "/actuator/hawtio/plugin",
        "/nothing"
      })
  void everythingIsRefusedWithoutTheLogin(String path) throws Exception {
    for (String login : new String[] {NOBODY, "admin:wrong", "admin:", "root:" + ADMIN_PASSWORD}) {
      assertThat(fetch(path, login).statusCode()).as(login).isEqualTo(401);
    }
  }

  @Test
  void jolokiaRefusesAPostWithoutTheLogin() throws Exception {
    assertThat(send(jolokiaPost(NOBODY, "{\"type\":\"version\"}")).statusCode()).isIn(401, 403);
  }

  @Test
  void healthSaysUpOrDownAndNothingElseToAnyone() throws Exception {
    assertThat(fetch("/actuator/health", NOBODY).body()).matches("\\{\"status\":\"[A-Z_]+\"}");
    assertThat(fetch("/actuator/health", LOGIN).body()).contains("PostgreSQL");
  }

  @Test
  void aBrowserIsSentToTheFormAndItsCookiesStayOnThisSite() throws Exception {
    HttpResponse<String> answer =
        send(request("/actuator/hawtio", NOBODY).header("Accept", "text/html"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("/login");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(cookie -> assertThat(cookie).contains("SameSite=Strict"));
  }

  @Test
  void theConsoleIsServedWithTheLogin() throws Exception {
    assertThat(fetch("/actuator/hawtio/index.html", LOGIN).body()).contains("<title>");
  }

  @Test
  void theMetricsAreByRouteAndFew() throws Exception {
    template.sendBody("direct:delete-old-events", "");

    String metrics = fetch("/actuator/prometheus", LOGIN).body();

    assertThat(metrics)
        .containsPattern("camel_exchanges_total\\{.*routeId=\"delete-old-events\"")
        .contains("hikaricp_connections_active", "jvm_memory_used_bytes")
        .doesNotContain("spring_security", "endpointName");
    assertThat(metrics.lines().filter(line -> line.startsWith("# TYPE"))).hasSizeLessThan(150);
  }

  @Test
  void theMetricsCountQueuesRefusalsAndEvents() throws Exception {
    postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"a.b\"}");
    post("/functions/v1/odoo_event_ingest", "{}");

    assertThat(fetch("/actuator/prometheus", LOGIN).body())
        .containsPattern("bridge_queue_rows\\{.*queue=\"odoo-actions\"")
        .containsPattern("bridge_refusals_total\\{.*reason=\"signature_missing\".*} [1-9]")
        .containsPattern("bridge_ingest_stored_total(\\{.*})? [1-9]");
  }

  @Test
  void jolokiaShowsHowOftenARouteRan() throws Exception {
    int before = exchangesTotal();

    template.sendBody("direct:delete-old-events", "");
    template.sendBody("direct:delete-old-events", "");

    assertThat(exchangesTotal() - before).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend()", "resume()", "dumpRouteAsXml()"})
  void aRouteIsSteeredByAPost(String operation) throws Exception {
    assertThat(exec(ROUTE, operation).toString()).contains("\"status\":200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendBody(java.lang.String,java.lang.Object)",
        "requestBody(java.lang.String,java.lang.Object)",
        "createEndpoint(java.lang.String)",
        "setGlobalOption",
        "stop",
        "restart"
      })
  void theContextTakesNoCommandsThroughJolokia(String operation) throws Exception {
    assertThat(exec("type=context", operation).toString()).contains("\"status\":403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/jolokia/exec/bridge:type=Outbox/showCounts",
        "/actuator/jolokia?p=/exec/bridge:type=Outbox/showCounts",
        "/actuator/hawtio/jolokia/exec/bridge:type=Outbox/showCounts",
        "/actuator/jolokia/exec/bridge:type=Routes/reload/jolokia",
        "/actuator/jolokia/exec/bridge:type=Outbox/pause/odoo/jolokia/read",
        "/actuator/hawtio/jolokia/exec/bridge:type=DeadLetters/discard/1/jolokia/list",
        "/actuator/jolokia/exec/bridge:type=Outbox/pause/odoo/%C2%85/why",
        "/actuator/jolokia/write/java.lang:type=Memory/Verbose/true"
      })
  void aCommandByGetIsRefused(String path) throws Exception {
    assertThat(fetch(path, LOGIN).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/hawtio/proxy/http/127.0.0.1/8787/health",
        "/actuator/hawtio/proxy/127.0.0.1/8787/health",
        "/actuator/hawtio/proxy"
      })
  void nobodyCallsOtherPortsThroughHawtio(String path) throws Exception {
    assertThat(fetch(path, LOGIN).statusCode()).isEqualTo(403);
  }

  @Test
  void theQueuesAreShownAndSteeredThere() throws Exception {
    String command =
        "{\"type\":\"exec\",\"mbean\":\"bridge:type=Outbox\",\"operation\":\"showCounts\"}";

    assertThat(send(jolokiaPost(LOGIN, command)).body()).contains("odoo-actions");
  }

  @Test
  void aBrowserNeedsTheCsrfTokenToChangeSomething() throws Exception {
    HttpRequest.Builder forged =
        jolokiaPost(LOGIN, "{\"type\":\"version\"}").header("Origin", "http://127.0.0.1:" + port);
    assertThat(send(forged).statusCode()).isEqualTo(403);

    HttpRequest.Builder own = forged.header("Cookie", "XSRF-TOKEN=t").header("X-XSRF-TOKEN", "t");
    assertThat(send(own).statusCode()).isEqualTo(200);
  }

  @Test
  void nothingOfItIsServedOnThePublicPort() {
    for (String path : new String[] {"/actuator", "/actuator/health", "/actuator/jolokia"}) {
      assertThat(get(path, "Authorization", basic(LOGIN)).statusCode()).as(path).isIn(401, 404);
    }
  }

  private int exchangesTotal() throws Exception {
    String bean = jolokia("search/" + pattern(ROUTE)).at("/value/0").asText();
    return jolokia("read/" + bean.replace("\"", "%22") + "/ExchangesTotal").path("value").asInt();
  }

  /** Looks the bean's full name up first: Jolokia runs operations on no pattern. */
  private JsonNode exec(String bean, String operation) throws Exception {
    String name = jolokia("search/" + pattern(bean)).at("/value/0").asText();
    String command =
        json.createObjectNode()
            .put("type", "exec")
            .put("mbean", name)
            .put("operation", operation)
            .toString();
    return json.readTree(send(jolokiaPost(LOGIN, command)).body());
  }

  /** In this bridge: other tests of this JVM may run theirs. */
  private String pattern(String bean) {
    String context = camel.getManagementNameStrategy().getName();
    return "org.apache.camel:context=" + context + "," + bean.replace("\"", "%22") + ",*";
  }

  private JsonNode jolokia(String path) throws Exception {
    return json.readTree(fetch("/actuator/jolokia/" + path, LOGIN).body());
  }

  private HttpResponse<String> fetch(String path, String login) throws Exception {
    return send(request(path, login));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder jolokiaPost(String login, String command) {
    return request("/actuator/jolokia", login).POST(BodyPublishers.ofString(command));
  }

  private HttpRequest.Builder request(String path, String login) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return login.equals(NOBODY) ? request : request.header("Authorization", basic(login));
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }
}
