package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Consume the rows of a queue in the bridge's database, each leased for one attempt.
 *
 * <p>The annotations describe the endpoint for editors and for Camel's own validation, through
 * {@code META-INF/net/insightpulseai/bridge/outbox/outbox.json}. After a change here, generate that
 * file again with the goals {@code jandex} and {@code generate-endpoint-schema} of {@code
 * org.apache.camel:camel-package-maven-plugin} and copy it from {@code src/generated}; a test
 * compares the two. The configurers that the plugin generates as well are not used: the options are
 * read in the constructor's caller, which can say what is wrong with them.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "outbox",
    title = "Outbox",
    syntax = "outbox:queue",
    consumerOnly = true,
    category = {Category.DATABASE, Category.MESSAGING})
class OutboxEndpoint extends DefaultEndpoint {

  /** For connecting, judging, probing, and writing the outcome. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);

  @UriPath(
      description = "The queue to consume from.",
      enums = "odoo-actions,event-deliveries",
      javaType = "java.lang.String")
  @Metadata(required = true)
  private final Queue queue;

  @UriParam(
      description =
          "How long the route's own call may take. It decides how long a row is leased, so it has"
              + " no default.")
  @Metadata(required = true, javaType = "java.time.Duration")
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
          "outbox: needs responseTimeout, the timeout of the route's call, for example responseTimeout=75s");
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
        "outbox: works only as from:; to queue something, insert a row");
  }

  @Override
  public boolean isSingleton() {
    return true;
  }

  QueueEngine engine() {
    return ((OutboxComponent) getComponent()).engine(queue);
  }

  /** How long a row is leased: as long as its call may take, plus a margin. */
  Duration lease() {
    return responseTimeout.plus(LEASE_MARGIN);
  }
}
