package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages between two times, and pages that end because they looked at enough rows. */
class LookUpBoundsTest extends LookUpTest {

  @BeforeEach
  void threeDays() {
    for (String when : List.of("2026-01-01", "2026-01-02", "2026-01-03")) {
      insertAt(when, 4);
    }
    // A row of the first day that was brought in later, as from another system.
    insertAt("2026-01-01", 1);
  }

  @Test
  void pagesBetweenTwoTimesHaveEachRowOnceNewestFirst() {
    List<Long> seen = new ArrayList<>();
    String next = "/bridge/events?since=2026-01-01T00:00:00Z&until=2026-01-03T00:00:00Z&limit=2";
    while (next != null) {
      JsonNode page = askJson(next);
      seen.addAll(ids(page.path("events")));
      next = page.path("next").textValue();
    }
    assertThat(seen).containsExactly(8L, 7L, 6L, 5L, 13L, 4L, 3L, 2L, 1L);
  }

  @Test
  void aPageGoesOnAlthoughTheRowItContinuesFromWasDeleted() {
    String filter = "/bridge/events?until=2026-01-03T00:00:00Z";
    jdbc().update("delete from public.audit_event where id = 7");
    assertThat(ids(askJson(filter + "&before=7").path("events")))
        .containsExactly(6L, 5L, 13L, 4L, 3L, 2L, 1L);
  }

  @Test
  void onwardAPageEndsAfterManyIdsAndSaysWhereTheNextOneBegins() {
    jdbc().execute("select setval('public.audit_event_id_seq', 1200000)");
    insertAt("2026-01-04", 1);

    JsonNode first = askJson("/bridge/events?after=0&since=2026-01-04T00:00:00Z");
    assertThat(ids(first.path("events"))).isEmpty();
    assertThat(first.path("next").textValue()).endsWith("&after=500000");
    JsonNode second = askJson(first.path("next").textValue());
    assertThat(second.path("next").textValue()).endsWith("&after=1000000");
    JsonNode third = askJson(second.path("next").textValue());
    assertThat(ids(third.path("events"))).containsExactly(1_200_001L);
    assertThat(third.path("next").isNull()).isTrue();
  }

  @Test
  void onwardAPageHasNoLineForTheLinkToTheNextOne() {
    jdbc().execute("select setval('public.audit_event_id_seq', 600000)");
    insertAt("2026-01-04", 1);

    assertThat(ask("/bridge/events?after=0&format=ndjson").body().lines()).hasSize(13);
    assertThat(ask("/bridge/events?after=0&format=csv").body().lines()).hasSize(14);
    assertThat(ask("/bridge/events?after=500000&format=ndjson").body().lines()).hasSize(1);
  }

  private void insertAt(String day, int count) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, created_at)"
                + " select 'odoo', 'x.y', cast(? as timestamptz) from generate_series(1, ?)",
            day + " 12:00:00+00",
            count);
  }
}
