package net.insightpulseai.bridge.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.kafka.KafkaSettings;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Checks whether the brokers answer and know us, and whether the topics of subscribers are safe.
 */
class KafkaCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String COMPONENT = "camel.component.kafka";

  private final KafkaSettings settings;
  private final ConfigurableEnvironment environment;

  KafkaCheck(KafkaSettings settings, ConfigurableEnvironment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** A topic that a subscriber writes to. */
  record Wanted(String subscriber, String topic) {}

  /** The topics of all subscribers; of a template with placeholders those of the last events. */
  static List<Wanted> wanted(JdbcTemplate jdbc) {
    return jdbc.query(SqlFile.read("doctor/kafka_topics"), new DataClassRowMapper<>(Wanted.class));
  }

  void run(DoctorReport report, List<Wanted> wanted) throws InterruptedException {
    if (!settings.configured()) {
      if (!wanted.isEmpty()) {
        report.warn(
            "a subscriber of kind kafka, " + wanted.get(0).subscriber() + ", and no brokers",
            "set bridge.kafka.bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS), or delete it");
      }
      return;
    }
    String servers = settings.bootstrapServers();
    try (Admin admin = Admin.create(options())) {
      int brokers = get(admin.describeCluster().nodes()).size();
      report.ok("Kafka at " + servers + " answers; brokers: " + brokers);
      new KafkaTopicsCheck(report, admin).run(byTopic(wanted));
    } catch (TimeoutException | org.apache.kafka.common.errors.TimeoutException e) {
      report.fail(
          "Kafka at " + servers + " does not answer within " + PATIENCE.toSeconds() + " s",
          "check bridge.kafka.bootstrap-servers, the brokers' advertised.listeners, and "
              + COMPONENT
              + ".security-protocol");
    } catch (AuthenticationException e) {
      report.fail(
          "Kafka refuses who the bridge is (" + e.getMessage() + ")",
          "correct " + COMPONENT + ".sasl-… or .ssl-…");
    } catch (AuthorizationException e) {
      report.warn(
          "Kafka answers, and does not let the bridge look (" + e.getMessage() + ")",
          "give it the rights Describe and DescribeConfigs, to have its topics checked");
    } catch (KafkaException e) {
      report.fail("Kafka cannot be asked: " + cause(e), "correct " + COMPONENT + ".…");
    }
  }

  /** Camel's options for security, as the bridge's own clients have them. */
  private Properties options() {
    KafkaConfiguration camel = new KafkaConfiguration();
    Binder.get(environment).bind(COMPONENT, Bindable.ofInstance(camel));
    Properties options = new Properties();
    camel
        .createProducerProperties()
        .forEach(
            (name, value) -> {
              if (String.valueOf(name).matches("(security|sasl|ssl)\\..*")) {
                options.put(name, value);
              }
            });
    options.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    options.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
    options.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    return options;
  }

  private static Map<String, Set<String>> byTopic(List<Wanted> wanted) {
    Map<String, Set<String>> topics = new TreeMap<>();
    wanted.forEach(
        one -> topics.computeIfAbsent(one.topic(), topic -> new TreeSet<>()).add(one.subscriber()));
    return topics;
  }

  /** What a broker answers, or the failure itself. */
  static <T> T get(KafkaFuture<T> answer) throws InterruptedException, TimeoutException {
    try {
      return answer.get(PATIENCE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException failure
          ? failure
          : new KafkaException(String.valueOf(e.getCause()), e.getCause());
    }
  }

  /** The innermost reason: of settings, the outer one only says that there is no client. */
  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
