package net.insightpulseai.bridge.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.cursor.EventBatch;
import net.insightpulseai.bridge.cursor.EventOrder;
import net.insightpulseai.bridge.cursor.OrderedEvent;
import net.insightpulseai.bridge.cursor.Position;
import net.insightpulseai.bridge.cursor.PositionOutdated;
import net.insightpulseai.bridge.cursor.SubscriberPositions;
import net.insightpulseai.bridge.outbox.TargetStates;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberCache;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Publishes the events of a subscriber under a lease: reads on from its position, sends a batch,
 * and saves the position once all of it is acknowledged. So each event is published at least once;
 * after a crash between acknowledgement and position a batch comes again.
 */
@Component
class StreamPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(StreamPublisher.class);

  private static final int BATCH = 500;
  private static final int LOOKS = 5_000;
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

  private final EventOrder events;
  private final SubscriberPositions positions;
  private final StreamLeases leases;
  private final SubscriberCache subscribers;
  private final StreamRecords records;
  private final StreamProducers producers;
  private final TargetStates targets;

  StreamPublisher(
      EventOrder events,
      SubscriberPositions positions,
      StreamLeases leases,
      SubscriberCache subscribers,
      StreamRecords records,
      StreamProducers producers,
      TargetStates targets) {
    this.events = events;
    this.positions = positions;
    this.leases = leases;
    this.subscribers = subscribers;
    this.records = records;
    this.producers = producers;
    this.targets = targets;
  }

  /**
   * Publishes until the lease is lost, the subscriber is stopped, something fails, or it is told to
   * stop; then the stream is given back. It never throws.
   *
   * @param stop at zero it stops
   */
  void run(StreamLease lease, CountDownLatch stop) {
    Duration pause = Duration.ZERO;
    try {
      publish(lease, stop);
    } catch (KafkaException e) {
      pause = AFTER_FAILURE;
      failed(lease, e);
    } catch (PositionOutdated e) {
      LOG.info(
          "Stream of subscriber {}: its position was moved; it goes on there", lease.subscriber());
    } catch (DataAccessException e) {
      pause = AFTER_FAILURE;
      LOG.warn(
          "Stream of subscriber {} waits for the database: {}",
          lease.subscriber(),
          e.getMostSpecificCause().getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      pause = AFTER_FAILURE;
      LOG.error("Stream of subscriber {} failed; it goes on", lease.subscriber(), e);
    }
    giveBack(lease, pause);
  }

  private void publish(StreamLease lease, CountDownLatch stop) throws InterruptedException {
    Position position = positions.find(lease.subscriber());
    if (position == null) {
      return;
    }
    Producer<String, byte[]> producer = producers.open();
    try {
      LOG.info("Stream of subscriber {} is published from here", lease.subscriber());
      StreamHold hold = new StreamHold(leases, lease);
      while (hold.isHeld() && stop.getCount() > 0) {
        Subscriber subscriber = subscribers.find(target(lease));
        if (subscriber == null) {
          return;
        }
        EventBatch batch = events.read(lease.subscriber(), position, BATCH, LOOKS);
        if (!batch.events().isEmpty() && !send(hold, subscriber, batch.events(), producer, stop)) {
          return;
        }
        if (!batch.next().equals(position)) {
          hold.save(batch.next());
          position = batch.next();
        }
        if (!batch.more() && stop.await(IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } finally {
      // What is not sent is dropped: the next holder of the lease sends it.
      producer.close(Duration.ZERO);
    }
  }

  /**
   * Sends events and waits until all are acknowledged.
   *
   * @return false if the lease ended, or the publisher is to stop, before they were
   * @throws KafkaException if one was refused
   */
  private boolean send(
      StreamHold hold,
      Subscriber subscriber,
      List<OrderedEvent> batch,
      Producer<String, byte[]> producer,
      CountDownLatch stop)
      throws InterruptedException {
    CountDownLatch acknowledged = new CountDownLatch(batch.size());
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    for (OrderedEvent event : batch) {
      // One that was refused must not be overtaken. While the producer has no room it blocks for
      // seconds at each of them.
      throwIfAny(failure.get());
      if (!hold.isHeld()) {
        return false;
      }
      var unused =
          producer.send(
              records.of(event, subscriber),
              (where, problem) -> {
                if (problem != null) {
                  failure.compareAndSet(null, problem);
                }
                acknowledged.countDown();
              });
    }
    while (!acknowledged.await(StreamHold.EXTEND.toMillis(), TimeUnit.MILLISECONDS)) {
      throwIfAny(failure.get());
      if (stop.getCount() == 0 || !hold.isHeld()) {
        return false;
      }
    }
    throwIfAny(failure.get());
    return true;
  }

  private static void throwIfAny(@Nullable Exception failure) {
    if (failure != null) {
      throw failure instanceof KafkaException known ? known : new KafkaException(failure);
    }
  }

  private void failed(StreamLease lease, KafkaException failure) {
    String said = BrokerFailure.text(failure);
    BrokerFailure kind = BrokerFailure.of(failure);
    String remedy =
        kind == null
            ? null
            : switch (kind) {
              case NO_TOPIC ->
                  "create the topic, or let the brokers create topics, then resume the subscriber";
              case UNAUTHORIZED ->
                  "correct camel.component.kafka.… or the rights, then resume the subscriber";
              case TOO_LARGE ->
                  "set bridge.kafka.max-record to what the topic takes, then resume the subscriber";
              case AWAY, OTHER -> null;
            };
    if (remedy == null) {
      LOG.warn("Stream of subscriber {} waits for the brokers: {}", lease.subscriber(), said);
      return;
    }
    try {
      targets.stopBecause(target(lease), TargetStates.Stop.PAUSED, said + "; " + remedy);
    } catch (DataAccessException e) {
      LOG.warn("Stream of subscriber {} cannot be paused: {}", lease.subscriber(), said);
    }
  }

  private void giveBack(StreamLease lease, Duration pause) {
    try {
      leases.release(lease, pause);
    } catch (DataAccessException e) {
      LOG.debug("The lease of subscriber {} ends by itself", lease.subscriber(), e);
    }
  }

  private static String target(StreamLease lease) {
    return Subscriber.TARGET_PREFIX + lease.subscriber();
  }
}
