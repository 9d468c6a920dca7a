package net.insightpulseai.bridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import net.insightpulseai.bridge.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RateLimitedLogTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger("rate.limited");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final TestClock clock = TestClock.standing();
  private final RateLimitedLog log = new RateLimitedLog(logger, clock);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void thereIsOneLineAMinuteAndItSaysHowOften() {
    for (int i = 0; i < 1_000; i++) {
      log.warn("It happened");
    }
    clock.pass(Duration.ofSeconds(60));
    log.warn("It happened");
    clock.pass(Duration.ofSeconds(60));
    log.warn("It happened");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "It happened", "It happened (1000 times since this was last logged)", "It happened");
  }
}
