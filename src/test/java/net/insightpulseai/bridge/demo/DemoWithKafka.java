package net.insightpulseai.bridge.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestKafka;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** The demo with a broker of Kafka in the same JVM and a stream to it, as docs/kafka.md says. */
public final class DemoWithKafka {

  private static final int PORT = Integer.getInteger("demo.kafka.port", 9092);
  private static final String SERVERS = "127.0.0.1:" + PORT;
  private static final String TOPIC = "odoo.events";
  private static final String LAKE =
      "{\"name\":\"lake\",\"kind\":\"kafka\",\"mode\":\"stream\",\"start\":\"beginning\"}";

  private DemoWithKafka() {}

  public static void main(String[] arguments) {
    System.setProperty("KAFKA_BOOTSTRAP_SERVERS", SERVERS);
    System.setProperty("logging.level.kafka", "warn");
    System.setProperty("logging.level.state.change.logger", "warn");
    SpringApplication.from(BridgeApplication::main).with(Stream.class).run(arguments);
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Stream {

    @Bean(destroyMethod = "close")
    TestKafka broker() {
      TestKafka broker = TestKafka.at(PORT);
      broker.create(TOPIC, 3);
      return broker;
    }

    @EventListener
    void show(ApplicationReadyEvent ready) throws IOException, InterruptedException {
      Environment demo = ready.getApplicationContext().getEnvironment();
      String url = "http://127.0.0.1:" + demo.getProperty("local.server.port");
      HttpRequest create =
          HttpRequest.newBuilder(URI.create(url + "/bridge/subscribers"))
              .header("apikey", demo.getProperty("bridge.supabase.service-role-key", ""))
              .POST(BodyPublishers.ofString(LAKE))
              .build();
      // The database of the demo is kept: at the next start the subscriber is there, 409.
      int status = HttpClient.newHttpClient().send(create, BodyHandlers.discarding()).statusCode();
      System.out.printf("Subscriber lake (%d) streams to %s at %s:%n", status, TOPIC, SERVERS);
      var unused = CompletableFuture.runAsync(Stream::print);
    }

    private static void print() {
      StringDeserializer text = new StringDeserializer();
      Map<String, Object> options =
          Map.of("bootstrap.servers", SERVERS, "group.id", "demo", "auto.offset.reset", "earliest");
      try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(options, text, text)) {
        consumer.subscribe(List.of(TOPIC));
        while (true) {
          consumer
              .poll(Duration.ofSeconds(1))
              .forEach(one -> System.out.printf("Kafka %s %s%n", one.key(), one.value()));
        }
      }
    }
  }
}
