package net.insightpulseai.bridge.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.List;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The step takes the url of a header as it is, and nothing else steers it. */
class GuardedStepTest extends GuardedStep {

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
}
