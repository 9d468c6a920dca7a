package net.insightpulseai.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestKafka;
import net.insightpulseai.bridge.kafka.KafkaSettings;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

/** The brokers and topics, as the doctor sees them. */
class KafkaCheckTest extends DoctorFixture {

  private static final Map<String, String> PASSWORDS =
      Map.of(
          "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
          "sasl.enabled.mechanisms", "PLAIN",
          "sasl.mechanism.inter.broker.protocol", "PLAIN",
          "listener.name.plaintext.plain.sasl.jaas.config",
              login("right-password").replace(";", " user_bridge=\"right-password\";"));

  private final MockEnvironment environment = new MockEnvironment();

  private void check(String servers) throws InterruptedException {
    new KafkaCheck(
            new KafkaSettings(
                servers, DataSize.ofKilobytes(1000), "/bridge", List.of(Duration.ofSeconds(1))),
            environment)
        .run(report, KafkaCheck.wanted(database.jdbc()));
  }

  private void subscriber(String name, String topic) {
    database
        .jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode, topic) values (?, 'kafka', 'deliveries', ?)",
            name,
            topic);
  }

  @Test
  void topicsThatAreNotThereAndThoseWithOneReplicaAreNamed() throws Exception {
    TestKafka kafka = TestKafka.shared();
    String there = kafka.topic(1);
    subscriber("lake", there);
    subscriber("sea", "gone-" + there);
    subscriber("pond", "pond.{company}.{model}");
    database
        .jdbc()
        .update(
            "insert into public.audit_event (source, event_type, meta)"
                + " values ('odoo', 'res.partner.updated', '{\"company_id\": 3}')");

    check(kafka.servers());

    assertThat(printed())
        .contains("ok    Kafka at " + kafka.servers() + " answers; brokers: 1")
        .contains("warn  topic " + there + " has one replica")
        .contains("fail  Kafka has no topic gone-" + there + ", of subscriber sea  →  create it")
        .contains("fail  Kafka has no topic pond.3.res.partner, of subscriber pond");
    assertThat(report.failed()).isTrue();
  }

  @Test
  void aTopicThatCannotBeWrittenToIsAFault() throws Exception {
    TestKafka kafka = TestKafka.shared();
    String topic = TestKafka.newName();
    kafka.create(topic, 1, Map.of("min.insync.replicas", "2"));
    subscriber("lake", topic);

    check(kafka.servers());

    assertThat(printed())
        .contains("fail  topic " + topic + " asks for 2 replicas in sync and has 1");
  }

  @Test
  void brokersThatDoNotAnswerAreAFault() throws Exception {
    check("127.0.0.1:1");

    assertThat(printed())
        .contains("fail  Kafka at 127.0.0.1:1 does not answer within 10 s")
        .contains("bridge.kafka.bootstrap-servers", "security-protocol");
  }

  @Test
  void brokersThatDoNotKnowUsAreAFaultAndThePasswordIsNotPrinted() throws Exception {
    try (TestKafka kafka = TestKafka.own(PASSWORDS)) {
      environment
          .withProperty("camel.component.kafka.security-protocol", "SASL_PLAINTEXT")
          .withProperty("camel.component.kafka.sasl-mechanism", "PLAIN")
          .withProperty("camel.component.kafka.sasl-jaas-config", login("wrong-password"));
      check(kafka.servers());
      assertThat(printed())
          .contains("fail  Kafka refuses who the bridge is")
          .contains("correct camel.component.kafka.sasl-")
          .doesNotContain("wrong-password");

      environment.setProperty("camel.component.kafka.sasl-jaas-config", login("right-password"));
      check(kafka.servers());
      assertThat(printed()).contains("ok    Kafka at " + kafka.servers() + " answers");
    }
  }

  private static String login(String password) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"bridge\" password=\"%s\";"
        .formatted(password);
  }

  @Test
  void optionsThatMakeNoSenseAreAFault() throws Exception {
    environment
        .withProperty("camel.component.kafka.security-protocol", "SSL")
        .withProperty("camel.component.kafka.ssl-truststore-location", "/no/such/file.p12");
    check("127.0.0.1:1");
    assertThat(printed()).contains("fail  Kafka cannot be asked", "/no/such/file.p12");
  }

  @Test
  void withoutBrokersOnlyASubscriberForThemIsWorthALine() throws Exception {
    check("");
    assertThat(printed()).isEmpty();
    subscriber("lake", "t");
    check("");
    assertThat(printed()).contains("warn  a subscriber of kind kafka, lake, and no brokers");
  }
}
