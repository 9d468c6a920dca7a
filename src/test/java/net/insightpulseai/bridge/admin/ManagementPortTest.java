package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@AutoConfigureObservability(tracing = false)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "bridge.admin.user=operator",
      "bridge.admin.password=right",
      "management.server.port=0",
      "camel.main.routes-include-pattern=classpath:none/*"
    })
class ManagementPortTest {

  @LocalServerPort private int publicPort;
  @LocalManagementPort private int port;
  @Autowired private ProducerTemplate template;

  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator",
        "/actuator/info",
        "/actuator/prometheus",
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
    assertThat(get(path, null).statusCode()).isEqualTo(401);
    assertThat(get(path, "operator:wrong").statusCode()).isEqualTo(401);
    assertThat(get(path, "operator:").statusCode()).isEqualTo(401);
    assertThat(get(path, "nobody:right").statusCode()).isEqualTo(401);
  }

  @Test
  void jolokiaRefusesAPostWithoutTheLogin() throws Exception {
    assertThat(post("/actuator/jolokia", "{\"type\":\"version\"}").statusCode()).isIn(401, 403);
  }

  @Test
  void healthSaysUpOrDownAndNothingElseToAnyone() throws Exception {
    assertThat(get("/actuator/health", null).body()).isEqualTo("{\"status\":\"UP\"}");
    assertThat(get("/actuator/health", "operator:right").body()).contains("diskSpace");
  }

  @Test
  void aBrowserIsSentToTheFormAndTheCookieStaysOnThisSite() throws Exception {
    HttpResponse<String> answer =
        client.send(
            request("/actuator/hawtio", null).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("/login");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .hasSize(2)
        .allSatisfy(cookie -> assertThat(cookie).contains("SameSite=Strict"));
  }

  @Test
  void theConsoleAndTheMetricsAreServedWithTheLogin() throws Exception {
    assertThat(get("/actuator/hawtio/index.html", "operator:right").body()).contains("<title>");
    assertThat(get("/actuator/prometheus", "operator:right").body()).contains("camel_");
  }

  @Test
  void jolokiaShowsHowOftenARouteRan() throws Exception {
    template.sendBody("direct:counted", "x");
    template.sendBody("direct:counted", "x");

    JsonNode answer =
        jolokia(
            "read/org.apache.camel:context=*,type=routes,name=%22counted%22/ExchangesTotal,RouteId");

    assertThat(answer.at("/value").findValue("ExchangesTotal").asInt()).isEqualTo(2);
  }

  @Test
  void aChangeByGetIsRefused() throws Exception {
    String stop = "org.apache.camel:context=x,type=routes,name=%22counted%22/stop";
    for (String path :
        new String[] {
          "/actuator/jolokia/exec/" + stop,
          "/actuator/jolokia?p=/exec/" + stop,
          "/actuator/hawtio/jolokia/exec/" + stop,
          "/actuator/jolokia/write/java.lang:type=Memory/Verbose/true"
        }) {
      assertThat(get(path, "operator:right").statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void aRouteIsStoppedAndStartedByAPost() throws Exception {
    for (String operation : new String[] {"stop()", "start()", "suspend()", "resume()"}) {
      assertThat(exec("type=routes,name=\"counted\"", operation).toString())
          .contains("\"status\":200");
    }
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
    JsonNode answer = exec("type=context,name=*", operation);

    assertThat(answer.path("status").asInt()).isEqualTo(403);
  }

  @Test
  void aBrowserNeedsTheCsrfTokenToChangeSomething() throws Exception {
    HttpRequest.Builder forged =
        request("/actuator/jolokia", "operator:right")
            .header("Origin", "http://127.0.0.1:" + port)
            .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"version\"}"));
    assertThat(client.send(forged.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);

    HttpRequest own = forged.header("Cookie", "XSRF-TOKEN=t").header("X-XSRF-TOKEN", "t").build();
    assertThat(client.send(own, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void nothingOfItIsServedOnThePublicPort() throws Exception {
    for (String path : new String[] {"/actuator", "/actuator/health", "/actuator/jolokia"}) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + publicPort + path))
              .header("Authorization", basic("operator:right"))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isIn(401, 404);
    }
  }

  /** Looks the bean's full name up first: Jolokia runs operations on no pattern. */
  private JsonNode exec(String bean, String operation) throws Exception {
    String name =
        jolokia("search/org.apache.camel:" + bean.replace("\"", "%22") + ",*")
            .at("/value/0")
            .asText();
    String command =
        new ObjectMapper()
            .createObjectNode()
            .put("type", "exec")
            .put("mbean", name)
            .put("operation", operation)
            .toString();
    HttpRequest request =
        request("/actuator/jolokia", "operator:right")
            .POST(HttpRequest.BodyPublishers.ofString(command))
            .build();
    return new ObjectMapper()
        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private JsonNode jolokia(String path) throws Exception {
    String body = get("/actuator/jolokia/" + path, "operator:right").body();
    JsonNode answer = new ObjectMapper().readTree(body);
    assertThat(answer.path("status").asInt()).as(body).isEqualTo(200);
    return answer;
  }

  private HttpResponse<String> get(String path, String login) throws Exception {
    return client.send(request(path, login).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        request(path, null).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String login) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return login == null ? request : request.header("Authorization", basic(login));
  }

  private static String basic(String login) {
    return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @EnableConfigurationProperties(AdminSettings.class)
  @Import({AdminSecurity.class, AdminLogin.class})
  static class Console {
    @Bean
    RouteBuilder counted() {
      return new RouteBuilder() {
        @Override
        public void configure() {
          from("direct:counted").routeId("counted").log("${body}");
        }
      };
    }
  }
}
