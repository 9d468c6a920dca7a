package net.insightpulseai.bridge.kafka;

import net.insightpulseai.bridge.answer.Excerpt;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What a failed send means: a pure function. */
enum BrokerFailure {
  /** The brokers do not answer, or not in time. It passes. */
  AWAY,
  /** There is no such topic. */
  NO_TOPIC,
  /** They refuse who the bridge is, or what it may do. */
  UNAUTHORIZED,
  /** The topic takes no record of this size. */
  TOO_LARGE,
  /** Another fault that is the record's or the producer's own. */
  OTHER;

  /**
   * Judges a failure.
   *
   * @return null if it is none of Kafka's
   */
  static @Nullable BrokerFailure of(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (one.getCause() instanceof KafkaException
          && (one instanceof TimeoutException || one.getClass() == KafkaException.class)) {
        // The cause says more: for one, that the topic was asked for in vain as there is none.
        continue;
      }
      if (one instanceof KafkaException known) {
        return of(known);
      }
    }
    return null;
  }

  private static BrokerFailure of(KafkaException failure) {
    if (failure instanceof UnknownTopicOrPartitionException
        || failure instanceof InvalidTopicException) {
      return NO_TOPIC;
    }
    if (failure instanceof AuthorizationException || failure instanceof AuthenticationException) {
      return UNAUTHORIZED;
    }
    if (failure instanceof RecordTooLargeException) {
      return TOO_LARGE;
    }
    return failure instanceof org.apache.kafka.common.errors.RetriableException
            && !(failure instanceof ProducerFencedException)
        ? AWAY
        : OTHER;
  }

  /** What was said, in one line. Kafka's messages name topics and sizes, never contents. */
  static String text(Throwable failure) {
    Throwable said = failure;
    while (said.getCause() != null && !(said instanceof KafkaException)) {
      said = said.getCause();
    }
    return Excerpt.line(said.getClass().getSimpleName() + ": " + said.getMessage());
  }
}
