package net.insightpulseai.bridge.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A running bridge with its database, what it calls, and what calls it. */
final class Rig implements AutoCloseable {

  /** The packaged bridge. */
  static final Path JAR = Path.of("target", "app", "odoo-supabase-bridge.jar");

  /** What a run writes. */
  static final Path FOLDER = Path.of("target", "bench");

  private static final Path LOG = FOLDER.resolve("bridge.log");

  private final Scale scale;
  private final Progress progress;
  private final Figures figures = new Figures();
  private final String signingSecret = secret();
  private final String serviceKey = secret();
  private final String encryptionKey = Base64.getEncoder().encodeToString(random());
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<PackagedBridge> bridges = new CopyOnWriteArrayList<>();
  private final Thread atExit = new Thread(this::interrupted, "end-benchmark");
  private final int brokerPort = PackagedBridge.freePort();
  private volatile boolean ending;

  private Vertx vertx;
  private BenchDatabase database;
  private Sink sink;
  private LoadGenerator load;
  private Meter meter;
  private Rows rows;

  Rig(Scale scale, Progress progress) {
    this.scale = scale;
    this.progress = progress;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** Opens the database and starts everything but the bridge. */
  void prepare(Map<String, String> environment) {
    if (!Files.isRegularFile(JAR)) {
      throw new BenchFailure(JAR + " is missing; make bench and make bench-steady build it");
    }
    progress.phase("database: " + (scale.databaseUrl().isEmpty() ? "embedded" : "BENCH_DB_URL"));
    database =
        opened(BenchDatabase.open(scale.databaseUrl(), FOLDER.resolve("postgres"), environment));
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    opened(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    sink = new Sink(vertx);
    rows = new Rows(database);
  }

  /** Starts the bridge, and returns how long it took until it served requests. */
  Duration start() {
    progress.phase("start: until the bridge is ready");
    Duration took = startOne(LOG);
    load = new LoadGenerator(vertx, bridges, scale.connections());
    meter = new Meter(database, bridges);
    return took;
  }

  /** Starts another one on the same database, which the load generator sends to from then on. */
  void startReplica() {
    startOne(FOLDER.resolve("bridge-%d.log".formatted(bridges.size() + 1)));
  }

  /** Ends all but the first. */
  void endReplicas() {
    while (bridges.size() > 1) {
      bridges.remove(bridges.size() - 1).close();
    }
  }

  private Duration startOne(Path log) {
    String instance = "bench-" + (bridges.size() + 1);
    Map<String, String> settings = new HashMap<>();
    settings.put("SUPABASE_DB_URL", database.url());
    settings.put("EDGE_HMAC_SECRET", signingSecret);
    settings.put("SUPABASE_SERVICE_ROLE_KEY", serviceKey);
    settings.put("ODOO_BASE_URL", sink.url(""));
    // Each has a token of its own, which tells the sink whose call it is.
    settings.put("ODOO_API_TOKEN", secret());
    settings.put("BRIDGE_ADMIN_PASSWORD", secret());
    settings.put("BRIDGE_EGRESS_ALLOW", "127.0.0.1/32");
    settings.put("BRIDGE_INSTANCE", instance);
    settings.put("BRIDGE_ENCRYPTION_KEY", encryptionKey);
    if (scale.measures(MeasureName.STREAM)) {
      // Nothing is there before that measure: with no subscriber the bridge does not look for it.
      settings.put("KAFKA_BOOTSTRAP_SERVERS", Broker.servers(brokerPort));
    }
    PackagedBridge bridge =
        opened(new PackagedBridge(JAR, log, settings, scale.javaFlags(), scale.settings()));
    Duration took = bridge.awaitReady();
    bridges.add(bridge);
    return took;
  }

  Scale scale() {
    return scale;
  }

  Progress progress() {
    return progress;
  }

  Figures figures() {
    return figures;
  }

  BenchDatabase database() {
    return database;
  }

  Sink sink() {
    return sink;
  }

  /** The first, and most often the only one. */
  PackagedBridge bridge() {
    return bridges.get(0);
  }

  LoadGenerator load() {
    return load;
  }

  Meter meter() {
    return meter;
  }

  Rows rows() {
    return rows;
  }

  /** Signed events about so many records. */
  SignedEvents events(int records) {
    return new SignedEvents(signingSecret, records);
  }

  /** Empties tables and queues, and waits until the bridge has noticed. */
  void clear() {
    bridges.forEach(PackagedBridge::requireAlive);
    rows.clear();
    sink.awaitQuiet();
    // What was in flight then has left rows of its own.
    rows.clear();
  }

  /** Adds webhooks for all events, which answer at once or slowly. */
  void addWebhooks(String path, int count) {
    for (int i = 1; i <= count; i++) {
      bridge()
          .post(
              "/bridge/subscribers",
              "{\"name\":\"bench%s%d\",\"kind\":\"webhook\",\"url\":\"%s\",\"event_types\":[\"*\"]}"
                  .formatted(path.replace('/', '-'), i, sink.url(path + i)),
              serviceKey,
              201);
    }
  }

  /** Starts a broker; whoever needs it closes it. */
  Broker startBroker() {
    return opened(new Broker(brokerPort, FOLDER.resolve("broker.log")));
  }

  /** Adds a subscriber that writes all events to a topic. */
  void addKafka(String mode, String topic) {
    bridge()
        .post(
            "/bridge/subscribers",
            "{\"name\":\"%s\",\"kind\":\"kafka\",\"mode\":\"%s\",\"topic\":\"%s\",\"event_types\":[\"*\"]}"
                .formatted(topic, mode, topic),
            serviceKey,
            201);
  }

  /** Ends the bridge and what else was started, whichever way the run ends. */
  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // It runs already.
    }
  }

  /** Whether Ctrl-C or a signal is ending the run. */
  boolean isEnding() {
    return ending;
  }

  private void interrupted() {
    ending = true;
    closeAll();
  }

  private <T extends AutoCloseable> T opened(T resource) {
    synchronized (opened) {
      opened.add(resource);
    }
    return resource;
  }

  private void closeAll() {
    synchronized (opened) {
      Collections.reverse(opened);
      for (AutoCloseable one : opened) {
        try {
          one.close();
        } catch (Exception e) {
          System.err.println("bench: not ended properly: " + e.getMessage());
        }
      }
      opened.clear();
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  private static String secret() {
    return HexFormat.of().formatHex(random());
  }
}
