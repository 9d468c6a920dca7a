package net.insightpulseai.bridge.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Call;
import net.insightpulseai.bridge.address.RealAddress;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One static HTTP step, as the shipped routes have it, over guarded connections. */
abstract class GuardedStep {

  private static final String STEP =
      "http://subscriber.invalid?httpMethod=POST&copyHeaders=false&throwExceptionOnFailure=false"
          + "&httpClientConfigurer=#guardedConnections";

  final Deque<List<String>> names = new ArrayDeque<>();
  final AtomicInteger lookups = new AtomicInteger();
  final TestSubscriber subscriber = new TestSubscriber();
  final CamelContext camel = new DefaultCamelContext();
  private GuardedConnections connections;

  @BeforeEach
  final void start() throws Exception {
    NameLookup lookup =
        host -> {
          lookups.incrementAndGet();
          return addresses(names.size() > 1 ? names.remove() : names.peek(), host);
        };
    connections =
        new GuardedConnections(
            new AddressGuard(new EgressSettings(List.of("127.0.0.0/8")), lookup));
    HttpClientConfigurer guarded =
        client -> {
          client.addExecInterceptorFirst("real-address", new RealAddress());
          connections.configureHttpClient(client);
        };
    camel.getRegistry().bind("guardedConnections", guarded);
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
  final void stop() {
    camel.stop();
    connections.destroy();
    subscriber.close();
  }

  final void replaceRoute() throws Exception {
    camel.getRouteController().stopRoute("call");
    camel.removeRoute("call");
    camel.removeEndpoints("http:*");
    addRoute();
  }

  final String url(String rest) {
    return "http://hooks.example:" + subscriber.port() + rest;
  }

  final Exchange call(String url) {
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

  final Call only() {
    assertThat(subscriber.calls()).hasSize(1);
    return subscriber.calls().get(0);
  }

  static Integer status(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
  }

  static List<InetAddress> addresses(List<String> texts, String name) throws UnknownHostException {
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
