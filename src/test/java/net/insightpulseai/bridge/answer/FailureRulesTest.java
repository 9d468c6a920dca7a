package net.insightpulseai.bridge.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import net.insightpulseai.bridge.outbox.Outcome;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureRulesTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new ConnectException("Connection refused"), Act.RETRY, "unreachable", true),
        arguments(new ConnectTimeoutException("5 s"), Act.RETRY, "unreachable", true),
        arguments(new UnknownHostException("erp"), Act.RETRY, "unreachable", true),
        arguments(new NoRouteToHostException(), Act.RETRY, "unreachable", true),
        arguments(new SSLHandshakeException("expired"), Act.RETRY, "tls", true),
        arguments(new SocketTimeoutException("Read timed out"), Act.RETRY, "timeout", true),
        arguments(new SocketException("Connection reset"), Act.RETRY, "connection_lost", true),
        arguments(new NoHttpResponseException("closed"), Act.RETRY, "connection_lost", true),
        arguments(new EOFException(), Act.RETRY, "connection_lost", true),
        arguments(new IOException("broken"), Act.RETRY, "connection_lost", true),
        arguments(new JsonParseException("not a network"), Act.RETRY, "route_failed", false),
        arguments(new IllegalStateException("bug"), Act.RETRY, "route_failed", false),
        arguments(new RejectedExecutionException(), Act.NOT_RUN, "shutting_down", false),
        arguments(new Unsendable("no args"), Act.REJECT, "unsendable", false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureMeans(Exception failure, Act act, String reason, boolean suspect) {
    Outcome judged = FailureRules.judge(failure);

    assertThat(Act.of(judged)).isEqualTo(act);
    assertThat(judged.reason()).isEqualTo(reason);
    assertThat(judged.suspect()).isEqualTo(suspect);
  }

  @Test
  void aTimeoutNamesNoPauseOfItsOwn() {
    assertThat(FailureRules.judge(new SocketTimeoutException("late")).delay())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void messagesThatMayRepeatABodyAreNotShown() {
    assertThat(FailureRules.judge(new IllegalArgumentException("value: {secret}")).error())
        .doesNotContain("secret")
        .contains("IllegalArgumentException");
  }
}
