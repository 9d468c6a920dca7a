package net.insightpulseai.bridge.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.http.common.HttpConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One static HTTP step, as the shipped routes have it, over guarded connections. */
class GuardedConnectionsTest {

  private static final String STEP =
      "http://subscriber.invalid?httpMethod=POST&copyHeaders=false&throwExceptionOnFailure=false"
          + "&httpClientConfigurer=#guardedConnections";

  private final Deque<List<String>> names = new ArrayDeque<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private final TestSubscriber subscriber = new TestSubscriber();
  private final CamelContext camel = new DefaultCamelContext();
  private GuardedConnections connections;

  @BeforeEach
  void start() throws Exception {
    NameLookup lookup =
        host -> {
          lookups.incrementAndGet();
          return addresses(names.size() > 1 ? names.remove() : names.peek(), host);
        };
    connections =
        new GuardedConnections(
            new AddressGuard(new EgressSettings(List.of("127.0.0.0/8")), lookup));
    camel.getRegistry().bind("guardedConnections", connections);
    Properties properties = new Properties();
    properties.setProperty("bridge.signature.secret", "the-bridges-secret");
    camel.getPropertiesComponent().setOverrideProperties(properties);
    addRoute();
    camel.start();
    names.add(List.of("127.0.0.1"));
  }

  private void addRoute() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:call").id("call").to(STEP);
          }
        });
  }

  @AfterEach
  void stop() {
    camel.stop();
    connections.destroy();
    subscriber.close();
  }

  @Test
  void theUrlOfTheHeaderIsCalledAndNotTheOneOfTheStep() {
    Exchange exchange = call(url("/hook?token=a%20b&x=%2F%26+c&y="));

    assertThat(status(exchange)).isEqualTo(204);
    Call call = only();
    assertThat(call.target()).isEqualTo("/hook?token=a%20b&x=%2F%26+c&y=");
    assertThat(call.header("Host")).isEqualTo("hooks.example:" + subscriber.port());
    assertThat(call.text()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "?x=1", "/a?", "/a%2Fb;c=d/e:f@g", "/?q=k%C3%A4se&r=a'b"})
  void everyUrlIsSentAsItIsWritten(String rest) {
    call(url(rest));

    String sent = only().target();
    assertThat(sent).isEqualTo(rest.startsWith("/") ? rest : "/" + rest);
  }

  @Test
  void withoutItsHeaderTheStepCallsNobody() {
    names.clear();
    names.add(List.of());

    Exchange exchange = camel.createProducerTemplate().request("direct:call", e -> {});

    assertThat(exchange.getException()).isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aForbiddenAddressIsNeverConnectedTo() {
    names.clear();
    names.add(List.of("10.0.0.1"));

    Exchange exchange = call(url("/"));

    assertThat(exchange.getException())
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("hooks.example is at 10.0.0.1, a private address");
  }

  @Test
  void aLiteralAddressIsVettedAsANameIs() {
    names.clear();
    names.add(List.of("169.254.169.254"));

    assertThat(call("http://169.254.169.254/latest/meta-data/").getException())
        .isInstanceOf(EgressRefused.class);
    assertThat(call("http://[::ffff:a9fe:a9fe]/").getException()).isInstanceOf(EgressRefused.class);
  }

  @Test
  void aNameThatChangesBetweenCheckAndConnectionIsCalledWhereItWasChecked() {
    names.clear();
    names.add(List.of("127.0.0.1"));
    names.add(List.of("169.254.169.254"));

    assertThat(status(call(url("/")))).isEqualTo(204);

    assertThat(lookups).hasValue(1);
    only();
  }

  @Test
  void aNameThatChangesForTheNextConnectionIsCheckedAgain() {
    names.clear();
    names.add(List.of("127.0.0.1"));
    names.add(List.of("169.254.169.254"));
    subscriber.answer(call -> Answer.of(200, "Connection", "close"));

    assertThat(status(call(url("/")))).isEqualTo(200);
    assertThat(call(url("/")).getException()).isInstanceOf(EgressRefused.class);

    assertThat(subscriber.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNeverFollowed(int redirect) {
    subscriber.answer(call -> Answer.of(redirect, "Location", subscriber.url() + "/internal"));

    assertThat(status(call(url("/")))).isEqualTo(redirect);

    assertThat(only().target()).isEqualTo("/");
  }

  @Test
  void nothingIsSentASecondTimeByItself() {
    subscriber.answer(call -> Answer.of(503, "Retry-After", "1"));

    assertThat(status(call(url("/")))).isEqualTo(503);

    only();
  }

  @Test
  void noCookieAndNoPasswordIsRemembered() {
    subscriber.answer(
        call ->
            new Answer(
                401,
                Map.of("Set-Cookie", "s=1; Path=/", "WWW-Authenticate", "Basic realm=\"x\""),
                new byte[0]));

    call(url("/"));
    call(url("/"));

    assertThat(subscriber.calls()).hasSize(2);
    assertThat(subscriber.calls())
        .allSatisfy(
            call -> {
              assertThat(call.header("Cookie")).isNull();
              assertThat(call.header("Authorization")).isNull();
            });
  }

  @Test
  void aProxyOfTheContextIsNotUsed() throws Exception {
    camel.getGlobalOptions().put("http.proxyHost", "127.0.0.1");
    camel.getGlobalOptions().put("http.proxyPort", "1");
    replaceRoute();

    assertThat(status(call(url("/")))).isEqualTo(204);
  }

  // With exceptions Camel takes a route planner of its own.
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "other.example")
  void aProxyOfTheComponentIsNotUsed(String exceptions) throws Exception {
    HttpComponent http = camel.getComponent("http", HttpComponent.class);
    http.setProxyHost("127.0.0.1");
    http.setProxyPort(1);
    http.setNonProxyHosts(exceptions);
    replaceRoute();

    assertThat(status(call(url("/")))).isEqualTo(204);
  }

  @Test
  void aPasswordOfTheComponentIsNotSent() throws Exception {
    HttpConfiguration password = new HttpConfiguration();
    password.setAuthMethod("Basic");
    password.setAuthUsername("odoo");
    password.setAuthPassword("hidden");
    camel.getComponent("http", HttpComponent.class).setHttpConfiguration(password);
    replaceRoute();
    subscriber.answer(call -> Answer.of(401, "WWW-Authenticate", "Basic realm=\"x\""));

    assertThat(status(call(url("/")))).isEqualTo(401);

    assertThat(only().header("Authorization")).isNull();
  }

  // Why a url may hold no braces.
  @Test
  void camelHttpResolvesPlaceholdersInAUrl() {
    String url = url("/x/{{bridge.signature.secret}}");

    call(url);

    assertThat(only().target()).isEqualTo("/x/the-bridges-secret");
    assertThatThrownBy(() -> SubscriberUrl.of(url)).hasMessageContaining("a brace");
  }

  @Test
  void bracesInTheBodyAreOnlyText() {
    Exchange exchange =
        camel
            .createProducerTemplate()
            .request(
                "direct:call",
                e -> {
                  e.getMessage().setHeader(Exchange.HTTP_URI, url("/"));
                  e.getMessage().setBody("{{bridge.signature.secret}}".getBytes(UTF_8));
                });

    assertThat(status(exchange)).isEqualTo(204);
    assertThat(only().text()).isEqualTo("{{bridge.signature.secret}}");
  }

  // Why what answers becomes no header of the next call.
  @Test
  void anAnswerCannotSteerTheNextCall() {
    subscriber.answer(call -> Answer.of(200, "CamelHttpUri", "http://169.254.169.254/"));

    Exchange exchange = call(url("/"));

    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("CamelHttpUri");
    assertThat(exchange.getMessage().getHeaders())
        .doesNotContainKey(Exchange.HTTP_URI.toLowerCase());
  }

  // An endpoint is removed with its route; it must not take everybody's connections with it.
  @Test
  void theConnectionsOutliveAReplacedRoute() throws Exception {
    call(url("/1"));

    replaceRoute();

    assertThat(status(call(url("/2")))).isEqualTo(204);
  }

  @Test
  void onlyThreeAddressesOfANameAreTried() throws UnknownHostException {
    AddressGuard guard =
        new AddressGuard(
            new EgressSettings(List.of()),
            host -> addresses(List.of("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"), host));

    assertThat(new GuardedConnections.Vetted(guard).resolve("many.example")).hasSize(3);
  }

  private void replaceRoute() throws Exception {
    camel.getRouteController().stopRoute("call");
    camel.removeRoute("call");
    camel.removeEndpoints("http:*");
    addRoute();
  }

  private String url(String rest) {
    return "http://hooks.example:" + subscriber.port() + rest;
  }

  private Exchange call(String url) {
    return camel
        .createProducerTemplate()
        .request(
            "direct:call",
            exchange -> {
              exchange.getMessage().setHeader(Exchange.HTTP_URI, url);
              exchange.getMessage().setHeader("Content-Type", "application/json");
              exchange.getMessage().setBody("{\"a\":1}".getBytes(UTF_8));
            });
  }

  private Call only() {
    assertThat(subscriber.calls()).hasSize(1);
    return subscriber.calls().get(0);
  }

  private static Integer status(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  private static List<InetAddress> addresses(List<String> texts, String name)
      throws UnknownHostException {
    if (texts.isEmpty()) {
      throw new UnknownHostException(name);
    }
    List<InetAddress> addresses = new ArrayList<>();
    for (String text : texts) {
      addresses.add(InetAddress.getByAddress(name, InetAddress.getByName(text).getAddress()));
    }
    return addresses;
  }
}
