package net.insightpulseai.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.insightpulseai.bridge.address.StandIn;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The step calls the host that a subscriber wrote, and sends the path as it was written. */
class AddressesAsWrittenTest extends GuardedStep {

  @ParameterizedTest
  @CsvSource({
    "bücher.example, xn--bcher-kva.example",
    "www.xn--bcher-kva.example, www.xn--bcher-kva.example",
    "my_app, my_app",
    "my_app.my_net, my_app.my_net",
    "My_App, My_App"
  })
  void theHostIsCalledByItsOwnName(String written, String host) {
    Exchange exchange = callWritten("http://" + written + ":" + subscriber.port() + "/hook");

    assertThat(status(exchange)).isEqualTo(204);
    assertThat(only().header("Host")).isEqualToIgnoringCase(host + ":" + subscriber.port());
    assertThat(only().target()).isEqualTo("/hook");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/~hooks/x",
        "/%7Ehooks",
        "/?f[a]=b",
        "/?f%5Ba%5D=b",
        "/!21/~!7E?x=!7E~%2f%2F",
        "/a%2Fb;c=d/e:f@g?h",
        "/k%C3%A4se/~"
      })
  void thePathIsSentAsItIsWritten(String path) {
    assertThat(status(callWritten(url(path)))).isEqualTo(204);

    assertThat(only().target()).isEqualTo(path);
  }

  @Test
  void aHostWithAnUnderscoreIsVettedByItsOwnName() {
    names.clear();
    names.add(List.of("10.0.0.1"));

    assertThat(callWritten("http://my_app/").getException())
        .isInstanceOf(EgressRefused.class)
        .hasMessageContaining("my_app is at 10.0.0.1, a private address");
  }

  private Exchange callWritten(String url) {
    return call(StandIn.of(SubscriberUrl.of(url)));
  }
}
