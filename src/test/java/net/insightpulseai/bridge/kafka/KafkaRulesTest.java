package net.insightpulseai.bridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.answer.NotConfigured;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.Outcome.Kind;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/** What a failed send means for a delivery. */
class KafkaRulesTest {

  private static final KafkaSettings SETTINGS =
      new KafkaSettings(
          "k:9092", DataSize.ofKilobytes(1000), "/bridge", List.of(Duration.ofSeconds(1)));
  private static final AbsentTopics ABSENT = new AbsentTopics(Clock.systemUTC());

  private final KafkaRules rules =
      new KafkaRules(SETTINGS, new DeliveryRecords(SETTINGS, null, new ObjectMapper()), ABSENT);

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new TimeoutException("expired"), Kind.GIVE_BACK, "unreachable", false),
        Arguments.of(
            new ExecutionException(new NetworkException("x")),
            Kind.GIVE_BACK,
            "unreachable",
            false),
        Arguments.of(new NotEnoughReplicasException("x"), Kind.GIVE_BACK, "unreachable", false),
        Arguments.of(
            new TimeoutException("not present", new LeaderNotAvailableException("x")),
            Kind.GIVE_BACK,
            "unreachable",
            false),
        Arguments.of(
            new TimeoutException("not present", new UnknownTopicOrPartitionException("x")),
            Kind.GIVE_BACK,
            "not_found",
            true),
        Arguments.of(new InvalidTopicException("x"), Kind.GIVE_BACK, "not_found", true),
        Arguments.of(new TopicAuthorizationException("t"), Kind.GIVE_BACK, "unauthorized", true),
        Arguments.of(
            new KafkaException("fatal", new ClusterAuthorizationException("x")),
            Kind.GIVE_BACK,
            "unauthorized",
            true),
        Arguments.of(new SaslAuthenticationException("x"), Kind.GIVE_BACK, "unauthorized", true),
        Arguments.of(new RecordTooLargeException("x"), Kind.DEAD, "too_large", false),
        Arguments.of(new KafkaException("x"), Kind.RETRY, "refused", false),
        Arguments.of(new NotConfigured("x"), Kind.GIVE_BACK, "not_configured", true),
        Arguments.of(new IOException("x"), Kind.RETRY, "connection_lost", false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureMeans(Throwable failure, Kind kind, String reason, boolean stops) {
    Failed outcome = rules.judge(failure);

    assertThat(outcome.kind()).isEqualTo(kind);
    assertThat(outcome.reason()).isEqualTo(reason);
    assertThat(outcome.stop() != null).isEqualTo(stops);
  }

  @Test
  void onlyAnAcknowledgementIsADelivery() {
    assertThat(rules.judge(Answer.of(200, Map.of(), new byte[0]), Instant.EPOCH).kind())
        .isEqualTo(Kind.DONE);
    assertThat(rules.judge(Answer.of(302, Map.of(), new byte[0]), Instant.EPOCH).kind())
        .isEqualTo(Kind.RETRY);
  }
}
