package net.insightpulseai.bridge.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks that topics are there, and that what they acknowledge survives the end of a broker. */
class KafkaTopicsCheck {

  private final DoctorReport report;
  private final Admin admin;

  KafkaTopicsCheck(DoctorReport report, Admin admin) {
    this.report = report;
    this.admin = admin;
  }

  /**
   * Runs the check.
   *
   * @param subscribers by topic
   */
  void run(Map<String, Set<String>> subscribers) throws InterruptedException, TimeoutException {
    Map<String, KafkaFuture<TopicDescription>> found =
        new TreeMap<>(admin.describeTopics(subscribers.keySet()).topicNameValues());
    for (Map.Entry<String, KafkaFuture<TopicDescription>> one : found.entrySet()) {
      String topic = one.getKey();
      String users = "subscriber " + String.join(", ", subscribers.getOrDefault(topic, Set.of()));
      try {
        check(KafkaCheck.get(one.getValue()));
      } catch (UnknownTopicOrPartitionException e) {
        report.fail(
            "Kafka has no topic " + topic + ", of " + users,
            "create it, or let the brokers create topics; then resume what is paused");
      } catch (AuthorizationException e) {
        report.warn(
            "the bridge may not look at topic " + topic + ", of " + users,
            "give it the rights Describe, DescribeConfigs and Write on it");
      }
    }
  }

  private void check(TopicDescription topic) throws InterruptedException, TimeoutException {
    int replicas =
        topic.partitions().stream().mapToInt(one -> one.replicas().size()).min().orElse(0);
    int inSync = topic.partitions().stream().mapToInt(one -> one.isr().size()).min().orElse(0);
    int needed = needed(topic.name());
    String name = "topic " + topic.name();
    if (inSync < needed) {
      report.fail(
          name + " asks for " + needed + " replicas in sync and has " + inSync,
          "start the brokers that are away, or lower its min.insync.replicas: it takes no event");
    } else if (replicas == 1) {
      report.warn(
          name + " has one replica: its events are lost with that broker",
          "give it three replicas and min.insync.replicas 2");
    } else if (needed == 1) {
      report.warn(
          name + " has min.insync.replicas 1: an event may be acknowledged by one broker alone",
          "set its min.insync.replicas to 2");
    } else {
      report.ok(name + ": " + replicas + " replicas, min.insync.replicas " + needed);
    }
  }

  private int needed(String topic) throws InterruptedException, TimeoutException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return KafkaCheck.get(admin.describeConfigs(List.of(resource)).all()).values().stream()
        .mapToInt(all -> Integer.parseInt(all.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG).value()))
        .max()
        .orElse(1);
  }
}
