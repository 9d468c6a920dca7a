package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Random events, subscribers and fates: every pair of them has exactly one answer. */
class ExplainPropertyTest {

  private static final Map<String, Set<String>> STATES_OF_A_STATUS =
      Map.of(
          "queued", Set.of("queued", "retrying", "waiting"),
          "sent", Set.of("in_flight"),
          "delivered", Set.of("delivered"),
          "error", Set.of("dead"));
  private static final Set<String> WITHOUT_A_DELIVERY =
      Set.of("newer", "skipped", "broadcast", "not_kept", "missing");

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300, 4_000})
  void everyEventHasOneAnswerForEverySubscriber(long seed) {
    try (TestDatabase database = TestDatabase.fresh()) {
      JdbcTemplate jdbc = database.jdbc();
      Random random = new Random(seed);
      List<String> questions = new ArrayList<>();
      for (int round = 0; round < 12; round++) {
        subscribe(jdbc, random);
        store(jdbc, random);
        change(jdbc, random);
      }
      for (long event : jdbc.queryForList("select id from public.audit_event", Long.class)) {
        questions.addAll(check(jdbc, event));
      }
      assertThat(new TreeSet<>(questions)).as("kinds of answers").hasSizeGreaterThan(5);
    }
  }

  private static void subscribe(JdbcTemplate jdbc, Random random) {
    jdbc.update(
        "insert into bridge.subscriber (name, kind, mode, event_types, sources, company, created_at, updated_at)"
            + " values (?, ?, ?, ?::text[], ?::text[], ?, now() - make_interval(days => ?), now() - make_interval(days => ?)) on conflict do nothing",
        "s" + random.nextInt(1_000_000),
        any(random, "webhook", "webhook", "realtime", "odoo"),
        any(random, "rest", "rest", "trigger", "off"),
        any(random, "{*}", "{a.*}", "{a.b,bridge.*}"),
        any(random, null, null, "{odoo}", "{supabase,bridge}"),
        random.nextInt(4) == 0 ? 1 : null,
        random.nextInt(60),
        random.nextInt(60));
  }

  private static void store(JdbcTemplate jdbc, Random random) {
    if (random.nextInt(3) == 0) {
      jdbc.update("insert into public.odoo_action_outbox (action) values ('x.y')");
    }
    jdbc.update(
        "insert into public.audit_event (source, event_type, resource_id, hop, meta, created_at, correlation_id)"
            + " values (?, ?, ?, ?, ?::jsonb, now() - make_interval(days => ?),"
            + " coalesce((select max(correlation_id::text)::uuid from public.odoo_action_outbox where ?), gen_random_uuid()))",
        any(random, "odoo", "supabase", "bridge"),
        any(random, "a.b", "a.c", "b.c", "bridge.x"),
        any(random, null, "", "7"),
        random.nextInt(10),
        any(random, null, "{\"company_id\": 1}", "{\"origin\": {\"source\": \"bridge\"}}"),
        random.nextInt(40),
        random.nextBoolean());
  }

  private static void change(JdbcTemplate jdbc, Random random) {
    for (String sql :
        List.of(
            "update bridge.event_delivery set status = 'delivered' where id % 5 = ?",
            "update bridge.event_delivery set status = 'error' where id % 7 = ?",
            "update bridge.event_delivery set status = 'queued', attempts = 2 where id % 8 = ?",
            "delete from bridge.event_delivery where id % 9 = ?",
            "delete from bridge.subscriber where id % 11 = ?",
            "update bridge.subscriber set updated_at = now(), event_types = '{*}' where id % 6 = ?",
            "insert into bridge.target (name, state) select 'subscriber:' || s, 'paused'"
                + " from generate_series(1, 30) s where s % 6 = ? on conflict do nothing",
            "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key, replay_id)"
                + " select distinct on (target, event_id) target, event_id, event_created_at, correlation_id, '', id"
                + " from bridge.event_delivery where id % 10 = ? on conflict do nothing")) {
      if (random.nextInt(3) == 0) {
        jdbc.update(sql, random.nextInt(5));
      }
    }
  }

  /** The states that were answered. */
  private static List<String> check(JdbcTemplate jdbc, long event) {
    List<Map<String, Object>> answers =
        jdbc.queryForList("select * from bridge.explain(?, make_interval(days => 7))", event);
    List<String> main =
        answers.stream()
            .filter(answer -> answer.get("replay_id") == null)
            .map(answer -> String.valueOf(answer.get("target")))
            .toList();
    List<String> parties =
        jdbc.queryForList(
            "select 'subscriber:' || id from bridge.subscriber union select target from bridge.event_delivery where event_id = ?",
            String.class,
            event);
    assertThat(main).as("event %s", event).containsExactlyInAnyOrderElementsOf(parties);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.get("why")).asString().isNotBlank());
    for (Map<String, Object> answer : answers) {
      List<String> status =
          jdbc.queryForList(
              "select status from bridge.event_delivery where event_id = ? and target = ? and replay_id is not distinct from ?",
              String.class,
              event,
              answer.get("target"),
              answer.get("replay_id"));
      assertThat(status.isEmpty() ? WITHOUT_A_DELIVERY : STATES_OF_A_STATUS.get(status.get(0)))
          .as("%s", answer)
          .contains(String.valueOf(answer.get("state")));
    }
    return answers.stream()
        .map(answer -> String.valueOf(answer.get("state")))
        .collect(Collectors.toList());
  }

  private static String any(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }
}
