package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real broker of Kafka in this JVM, which is its own controller. One serves all tests of the JVM,
 * each with topics of its own; a test that stops a broker starts another one.
 */
public final class TestKafka implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Duration POLL = Duration.ofMillis(200);

  private final Properties settings = new Properties();
  private final String servers;
  private KafkaRaftServer server;

  private static final class Shared {
    private static final TestKafka BROKER = new TestKafka(freePort(), Map.of());
  }

  private TestKafka(int port, Map<String, String> others) {
    int controller = freePort();
    servers = "127.0.0.1:" + port;
    Path folder = folder();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("listeners", "PLAINTEXT://" + servers + ",CONTROLLER://127.0.0.1:" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://" + servers);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", folder.toString());
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("auto.create.topics.enable", "false");
    // The default takes 128 MB.
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("num.network.threads", "1");
    settings.put("num.io.threads", "2");
    settings.putAll(others);
    format(folder);
    start();
  }

  /** The broker of all tests, which nobody may stop. */
  public static TestKafka shared() {
    return Shared.BROKER;
  }

  /** A broker that this test may stop and start; the caller closes it. */
  public static TestKafka own() {
    return new TestKafka(freePort(), Map.of());
  }

  /** The same with settings of its own. */
  public static TestKafka own(Map<String, String> settings) {
    return new TestKafka(freePort(), settings);
  }

  /** One that listens at this port of the loopback address. */
  public static TestKafka at(int port) {
    return new TestKafka(port, Map.of());
  }

  /** For {@code bridge.kafka.bootstrap-servers}. */
  public String servers() {
    return servers;
  }

  /** The name of a topic that there is not. */
  public static String newName() {
    return "topic-" + COUNT.incrementAndGet();
  }

  /** A topic that nobody else uses. */
  public String topic(int partitions) {
    String name = newName();
    create(name, partitions);
    return name;
  }

  /** Creates a topic of this name. */
  public void create(String name, int partitions) {
    create(name, partitions, Map.of());
  }

  /** The same with settings of the topic. */
  public void create(String name, int partitions, Map<String, String> options) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(options)))
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops this broker; what it has stays. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Starts it again on its folder, at the same address. */
  public void start() {
    server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    server.startup();
  }

  /** The records of a topic, as soon as there are this many, in the order of each partition. */
  public List<ConsumerRecord<String, String>> read(String topic, int count) {
    return read(topic, records -> records.size() >= count);
  }

  /** The records of a topic from its beginning, as soon as they are enough. */
  public List<ConsumerRecord<String, String>> read(
      String topic, Predicate<List<ConsumerRecord<String, String>>> enough) {
    return read(topic, Duration.ofSeconds(60), enough);
  }

  /** The same, where more than a few records are read. */
  public List<ConsumerRecord<String, String>> read(
      String topic, Duration atMost, Predicate<List<ConsumerRecord<String, String>>> enough) {
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(one -> new TopicPartition(topic, one.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long until = System.nanoTime() + atMost.toNanos();
      while (!enough.test(records)) {
        consumer.poll(POLL).forEach(records::add);
        if (System.nanoTime() > until) {
          throw new AssertionError(
              "after %d s there are %d records".formatted(atMost.toSeconds(), records.size()));
        }
      }
    }
    return records;
  }

  /** Puts a record into a topic, and waits until it is there. */
  public void send(String topic, String key, String value, Map<String, String> headers) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, value);
      headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A header of a record as text; null if it has none. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    return record.headers().lastHeader(name) == null
        ? null
        : new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private void format(Path folder) {
    try {
      Formatter formatter = new Formatter();
      formatter.setNodeId(1);
      formatter.setClusterId(Uuid.randomUuid().toString());
      formatter.setDirectories(List.of(folder.toString()));
      formatter.setMetadataLogDirectory(folder.toString());
      formatter.setControllerListenerName("CONTROLLER");
      formatter.setReleaseVersion(MetadataVersion.latestProduction());
      formatter.run();
    } catch (Exception e) {
      throw new AssertionError("the folder of the broker cannot be made", e);
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target", "test-kafka").toAbsolutePath()), "broker");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
