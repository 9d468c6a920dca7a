package net.insightpulseai.bridge.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.http.common.HttpConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom guarded connections go to, and what they never do by themselves. */
class GuardedConnectionsTest extends GuardedStep {

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

  @Test
  void onlyThreeAddressesOfANameAreTried() throws UnknownHostException {
    AddressGuard guard =
        new AddressGuard(
            new EgressSettings(List.of()),
            host -> addresses(List.of("1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"), host));

    assertThat(new GuardedConnections.Vetted(guard).resolve("many.example")).hasSize(3);
  }
}
