package net.insightpulseai.bridge.outbox;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The component {@code outbox:} for routes that are only loaded for trial: it reads its endpoints
 * as the real one does, and takes no rows.
 */
public final class IdleOutbox extends DefaultComponent {

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    // Both are read for the errors that they may throw.
    var unused = OutboxEndpoint.timeout(parameters.remove("responseTimeout"));
    var queue = Queue.of(name);
    return new IdleEndpoint(uri, this, queue.label());
  }

  private static final class IdleEndpoint extends DefaultEndpoint {

    private final String queue;

    IdleEndpoint(String uri, IdleOutbox component, String queue) {
      super(uri, component);
      this.queue = queue;
    }

    @Override
    public Consumer createConsumer(Processor processor) {
      return new DefaultConsumer(this, processor);
    }

    @Override
    public Producer createProducer() {
      throw new IllegalArgumentException(
          "outbox:" + queue + " works only as from:; to queue something, insert a row");
    }

    @Override
    public boolean isSingleton() {
      return true;
    }
  }
}
