package net.insightpulseai.bridge.config;

/**
 * The names of the exchange variables that routes and their steps share. Variables stay inside the
 * bridge: unlike headers they are never sent to anybody, so they survive {@code removeHeaders}.
 *
 * <p>Each name states its type, the step that sets it and the steps that read it. Steps are named
 * as routes refer to them.
 */
public final class RouteVariables {

  /**
   * {@code ClaimedRow}: the row that the exchange carries. Set by {@code outbox:}, {@code
   * decideResult}, {@code preparePing} and the ping of {@code odoo-ping}; read by every step that
   * signs or judges, and by the route {@code dead-letter}.
   */
  public static final String ROW = "row";

  /**
   * {@code RowBatch}: rows that share one call; an exchange with one row has {@link #ROW} instead.
   * Set by {@code outbox:}; read by the route {@code odoo-actions}, {@code signBatch}, {@code
   * readBatchAnswer}, {@code decideBatch} and {@code keepOutcome}.
   */
  public static final String ROWS = "rows";

  /**
   * {@code Outcome}: what became of the attempt. Set by {@code decideOutcome}, {@code decideResult}
   * and {@code findSubscriber}; read by {@code writePing}, and by the queue engine when the
   * exchange ends.
   */
  public static final String OUTCOME = "outcome";

  /**
   * {@code String}: the name of the outcome's {@code Outcome.Kind}, set together with it; read by
   * the routes that ask whether it is {@code 'DEAD'}. It is a text because Camel compares an enum
   * with a text by searching all its type converters, which took a third of the processor time of
   * an action.
   */
  public static final String OUTCOME_KIND = "outcomeKind";

  /**
   * {@code DeadLetter}: what is kept of a row that failed for good. Set by {@code
   * prepareDeadLetter}; read by the queue engine when the exchange ends.
   */
  public static final String DEAD_LETTER = "deadLetter";

  /**
   * {@code Subscriber}: the subscriber that a delivery is for, or that fetches. Set by {@code
   * findSubscriber}, {@code preparePing}, {@code requirePullCaller} and {@code findPullSubscriber};
   * read by {@code findPullSubscriber}, {@code readPull}, the routes that choose by its format,
   * {@code signDelivery}, {@code prepareBroadcast} and {@code decideOutcome}.
   */
  public static final String SUBSCRIBER = "subscriber";

  /**
   * {@code String}: the name of the subscriber's {@code Subscriber.Kind}, set together with it;
   * read by the routes that choose by it. A text for the reason of {@link #OUTCOME_KIND}.
   */
  public static final String SUBSCRIBER_KIND = "subscriberKind";

  /**
   * {@code Broadcast}: the next call to Realtime; absent when there is none. Set by {@code
   * prepareBroadcast} and {@code reviewBroadcast}; read by the route {@code deliver-realtime} and
   * {@code reviewBroadcast}, which also removes it.
   */
  public static final String BROADCAST = "broadcast";

  /** {@code Instant}: when a subscriber's test began. {@code preparePing}; {@code writePing}. */
  public static final String TEST_STARTED = "testStarted";

  /**
   * {@code QueuedAction}: the action as it stands in the queue. Set by {@code checkQueued}; read by
   * {@code awaitOutcome} and {@code answerAction}.
   */
  public static final String QUEUED_ACTION = "queuedAction";

  /**
   * {@code Duration}: how long the caller waits for an outcome. {@code readAction}; {@code
   * awaitOutcome}.
   */
  public static final String WAIT_FOR = "waitFor";

  /**
   * {@code String}: the source of events. Set by the routes of ingest; read by {@code readEvent}.
   */
  public static final String SOURCE = "source";

  /**
   * {@code String}: the audience that a signed body must name. Set by the routes of ingest; read by
   * {@code readEvent}.
   */
  public static final String AUDIENCE = "audience";

  /**
   * {@code String}: the signed {@code webhook-id}, or the id of a record of Kafka. Set by {@code
   * verifySignature} and {@code readKafkaRecord}; read by {@code readEvent} and {@code readAction}.
   */
  public static final String SIGNED_ID = "signedId";

  /**
   * {@code Page}: the page that a look-up asks for. Set by {@code readPage}; read by the look-up
   * routes and {@code writePage}.
   */
  public static final String PAGE = "page";

  /**
   * {@code String}: the correlation id that is traced. {@code readTraceQuery}; {@code writeTrace}.
   */
  public static final String CORRELATION_ID = "correlationId";

  /**
   * {@code ReplayRequest}: what a replay covers. Set by {@code readReplay}; read by the route
   * {@code bridge-replay} and {@code answerPlan}.
   */
  public static final String REPLAY = "replay";

  /**
   * {@code byte[]}: the body of a change to a subscriber. Set by the routes of subscribers; read by
   * {@code mergeSubscriber} and {@code rotateSecret}.
   */
  public static final String PATCH = "patch";

  /**
   * {@code String}: a new secret, shown once. Set where it is made; read by {@code
   * writeSubscriber}.
   */
  public static final String SHOWN_SECRET = "shownSecret";

  /**
   * {@code Long}: the subscriber that was changed. Set by {@code checkSubscriberAct}; read by the
   * route {@code subscribers}.
   */
  public static final String SUBSCRIBER_ID = "subscriberId";

  /**
   * {@code SubscriberDeletion}: how far a deletion has come. Set by {@code readSubscriberDeletion}
   * and {@code noteSubscriberDeletion}; read by the route {@code delete-subscriber}.
   */
  public static final String DELETION = "deletion";

  /**
   * {@code Boolean}: whether a route of an operator's own has delivered the event. Set by {@code
   * deliverByOwnRoute}; read by the route {@code deliver-webhook}.
   */
  public static final String OWN_ROUTE = "ownRoute";

  /** {@code PullRequest}: what a subscriber fetches. {@code readPull}; {@code awaitEvents}. */
  public static final String PULL = "pull";

  /**
   * {@code String}: when failed attempts are repeated, such as {@code 30s,5m,1h}, in place of the
   * configured schedule. Set by routes; read by {@code decideOutcome}.
   */
  public static final String RETRY_SCHEDULE = "retrySchedule";

  /**
   * {@code KafkaRecord}: a record that was read from a topic of Kafka. Set by {@code
   * readKafkaRecord}; read by {@code prepareDeadRecord} and {@code commitKafkaOffset}.
   */
  public static final String KAFKA_RECORD = "kafkaRecord";

  /**
   * {@code Boolean}: whether the message is a record that was refused. Set by {@code
   * prepareDeadRecord}; read by routes that read a topic.
   */
  public static final String DEAD_RECORD = "deadRecord";

  private RouteVariables() {}
}
