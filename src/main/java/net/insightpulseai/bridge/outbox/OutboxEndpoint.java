package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** {@code outbox:<queue>}: gives each claimed row of a queue to a route. */
class OutboxEndpoint extends DefaultEndpoint {

  /** To connect, to judge, to probe, and to write the outcome. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);

  private final Queue queue;
  private final Duration responseTimeout;

  OutboxEndpoint(String uri, OutboxComponent component, Queue queue, Duration responseTimeout) {
    super(uri, component);
    this.queue = queue;
    this.responseTimeout = responseTimeout;
  }

  /**
   * The option {@code responseTimeout}: how long the route's own call may take. It decides the
   * lease, so it has no default.
   */
  static Duration timeout(@Nullable Object option) {
    if (option == null) {
      throw new IllegalArgumentException(
          "outbox: needs responseTimeout, the time-out of the route's call, as in responseTimeout=75s");
    }
    return DurationStyle.detectAndParse(option.toString());
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    OutboxConsumer consumer = new OutboxConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new IllegalArgumentException(
        "outbox: can only stand behind from:; to queue something, insert a row");
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  QueueEngine engine() {
    return ((OutboxComponent) getComponent()).engine(queue);
  }

  /** How long a row is leased: as long as its call may take, and a margin. */
  Duration lease() {
    return responseTimeout.plus(LEASE_MARGIN);
  }
}
