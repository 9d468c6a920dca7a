package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestClock;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalsTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<RefusedRequest> told = new ArrayList<>();
  private final Refusals refusals = new Refusals(meters, TestClock.standing(), List.of(told::add));

  @Test
  void theLastThousandAreKept() {
    for (int i = 0; i < 1_100; i++) {
      refuse("10.0." + i / 250 + "." + i % 250, "invalid_signature");
    }

    assertThat(refusals.latest()).hasSize(1_000);
    assertThat(refusals.latest().get(0).address()).isEqualTo("10.0.4.99");
  }

  @Test
  void oneAddressCannotPushOutWhatOthersDid() {
    refuse("10.0.0.1", "invalid_signature");
    for (int i = 0; i < 5_000; i++) {
      refuse("10.0.0.2", "signature_missing");
    }

    assertThat(refusals.latest())
        .hasSize(21)
        .anyMatch(refused -> refused.address().equals("10.0.0.1"));
    assertThat(meters.counter("bridge.refusals", "reason", "signature_missing").count())
        .isEqualTo(5_000);
    assertThat(told).hasSize(5_001);
  }

  @Test
  void theLogHasOneLineForEachReason() {
    Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      for (int i = 0; i < 100; i++) {
        refuse("10.0.0.2", "signature_missing");
        refuse("10.0.0.2", "invalid_signature");
      }
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "A request was refused: signature_missing, status 401, from 10.0.0.2",
            "A request was refused: invalid_signature, status 401, from 10.0.0.2");
  }

  private void refuse(String address, String reason) {
    refusals.record(
        new RequestFacts("/bridge/event", null, address, 2),
        null,
        "bridge-event",
        new Refusal(401, reason, "Invalid signature"));
  }
}
