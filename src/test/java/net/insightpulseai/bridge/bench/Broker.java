package net.insightpulseai.bridge.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import net.insightpulseai.bridge.TestKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** A broker of Kafka in a process of its own, so that its processor time can be told apart. */
final class Broker implements AutoCloseable {

  private static final int PARTITIONS = 6;
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final Process process;
  private final Admin admin;

  /**
   * Starts one, and waits until it serves.
   *
   * @param log what it prints
   */
  Broker(int port, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            Broker.class.getName(),
            String.valueOf(port));
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Whoever asks for one that still starts is told so twice a second.
    LoggingSystem.get(Broker.class.getClassLoader())
        .setLogLevel("org.apache.kafka", LogLevel.ERROR);
    admin = Admin.create(Map.of("bootstrap.servers", servers(port)));
    if (!Pause.until(this::serves, LONGEST_START)) {
      close();
      throw new BenchFailure("the broker does not serve; " + log + " may say why");
    }
  }

  /** Runs until whoever started it is gone. */
  public static void main(String[] arguments) throws IOException {
    TestKafka kafka = TestKafka.at(Integer.parseInt(arguments[0]));
    int unused = System.in.read();
    kafka.close();
    System.exit(0);
  }

  static String servers(int port) {
    return "127.0.0.1:" + port;
  }

  ProcessHandle process() {
    return process.toHandle();
  }

  void create(String topic) {
    get(admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all());
  }

  /** How many records a topic has. */
  long count(String topic) {
    long count = 0;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      TopicPartition one = new TopicPartition(topic, partition);
      count +=
          get(admin.listOffsets(Map.of(one, OffsetSpec.latest())).partitionResult(one)).offset();
    }
    return count;
  }

  private boolean serves() {
    try {
      return process.isAlive() && !get(admin.describeCluster().nodes()).isEmpty();
    } catch (BenchFailure e) {
      return !process.isAlive();
    }
  }

  private static <T> T get(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new BenchFailure("the broker does not answer: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted");
    }
  }

  /** What it has is of no use to anybody. */
  @Override
  public void close() {
    admin.close(Duration.ZERO);
    process.destroyForcibly().onExit().join();
  }
}
