package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestSubscriber;
import org.junit.jupiter.api.Test;

/** What users do in Odoo, as the bridge and its subscribers learn of it. */
class ChangesInOdooTest extends EndToEndTest {

  private static final int MANY = 1_000;

  @Test
  void aContactMadeAndChangedInOdooIsStoredAndDeliveredSignedWithItsDiff() throws Exception {
    try (TestSubscriber crm = new TestSubscriber()) {
      subscribe(crm, "res.partner.*");
      long id = real().create("res.partner", Map.of("name", "Acme", "city", "Ghent"));
      awaitEvents("res.partner", id, 1);
      real().write("res.partner", id, Map.of("city", "Antwerp"));
      List<Event> events = awaitEvents("res.partner", id, 2);

      assertThat(events)
          .extracting(Event::type)
          .containsExactly("res.partner.created", "res.partner.updated");
      assertThat(events.get(0).payload().path("name").asText()).isEqualTo("Acme");
      assertThat(events.get(1).payload().path("name").asText()).isEqualTo("Acme");
      assertThat(events.get(1).payload().path("city").asText()).isEqualTo("Antwerp");
      assertThat(events.get(1).meta().path("changed").toString())
          .isEqualTo("{\"city\":[\"Ghent\",\"Antwerp\"]}");
      assertThat(events.get(1).seq()).isGreaterThan(events.get(0).seq());
      assertThat(events).extracting(Event::origin).containsOnly(real().parameter("database.uuid"));

      waiting().until(() -> crm.calls().size() == 2);
      for (TestSubscriber.Call call : crm.calls()) {
        new Webhook(BridgeTest.SUBSCRIBER_SECRET).verify(call.text(), call.httpHeaders());
      }
      JsonNode told = crm.calls().get(1).json();
      assertThat(told.toString()).contains("[\"Ghent\",\"Antwerp\"]");
      assertThat(told.path("payload").path("city").asText()).isEqualTo("Antwerp");
    }
  }

  @Test
  void aDeletedRecordAndWhatItsDeletionTakesAlongAreToldOf() {
    long rule = real().watch("res.partner.category", "name", "parent_id");
    try {
      long parent = real().create("res.partner.category", Map.of("name", "Customers"));
      long child =
          real().create("res.partner.category", Map.of("name", "Gold", "parent_id", parent));
      awaitEvents("res.partner.category", child, 1);
      real().unlink("res.partner.category", List.of(parent));

      List<Event> ofParent = awaitEvents("res.partner.category", parent, 2);
      List<Event> ofChild = awaitEvents("res.partner.category", child, 2);
      assertThat(ofParent.get(1).type()).isEqualTo("res.partner.category.deleted");
      assertThat(ofChild.get(1).type()).isEqualTo("res.partner.category.deleted");
      assertThat(ofChild.get(1).payload().path("name").toString()).contains("Gold");
      assertThat(ofChild.get(1).correlationId()).isEqualTo(ofParent.get(1).correlationId());
    } finally {
      real().unlink("ip.event.rule", List.of(rule));
    }
  }

  @Test
  void aThousandRecordsWrittenAtOnceAreAThousandEventsAndTheWriterWaitsForNobody() {
    List<Long> ids =
        real()
            .createAll(
                "res.partner",
                IntStream.range(0, MANY).mapToObj(n -> Map.of("name", "Many " + n)).toList());
    awaitAll(ids, "res.partner.created");
    real().write("res.partner", ids, Map.of("street", "Warm-up"));
    awaitUpdates(ids, 1);

    List<Duration> answering = new ArrayList<>();
    List<Duration> blackHoled = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      answering.add(write(ids, "Answering " + round));
      awaitUpdates(ids, 2 + 2 * round);
      toBridge().blackHole();
      blackHoled.add(write(ids, "Black-holed " + round));
      toBridge().restore();
      resumeSending();
      awaitUpdates(ids, 3 + 2 * round);
    }
    Measured.print(
        "a write of %d contacts took (three times each) %s with the bridge answering, %s with it"
            + " never answering",
        MANY, milliseconds(answering), milliseconds(blackHoled));
  }

  private Duration write(List<Long> ids, String street) {
    long start = System.nanoTime();
    real().write("res.partner", ids, Map.of("street", street));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static List<String> milliseconds(List<Duration> durations) {
    List<Duration> sorted = new ArrayList<>(durations);
    Collections.sort(sorted);
    return sorted.stream().map(duration -> duration.toMillis() + " ms").toList();
  }

  private void awaitUpdates(List<Long> ids, int times) {
    waiting()
        .untilAsserted(
            () -> assertThat(eventsPerRecord("res.partner.updated", ids)).containsOnly(times));
  }

  private void awaitAll(List<Long> ids, String type) {
    waiting().untilAsserted(() -> assertThat(eventsPerRecord(type, ids)).containsOnly(1));
  }

  /** How many events of a type each record has; 0 stands for those that have none. */
  private List<Integer> eventsPerRecord(String type, List<Long> ids) {
    return jdbc()
        .queryForList(
            "select count(e.id)::int from unnest(?::bigint[]) r (id) left join public.audit_event e"
                + " on e.resource_id = r.id::text and e.event_type = ? group by r.id",
            Integer.class,
            "{" + String.join(",", ids.stream().map(String::valueOf).toList()) + "}",
            type);
  }
}
