package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Calls {@code bridge.explain} about events and one subscriber. */
abstract class ExplainFixture {

  TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  void subscribe(String kind, String mode, String types) {
    jdbc(
        "insert into bridge.subscriber (name, kind, mode, event_types) values ('s', ?, ?, ?::text[])",
        kind,
        mode,
        types);
  }

  void event(String source, String type) {
    jdbc("insert into public.audit_event (source, event_type) values (?, ?)", source, type);
  }

  void setTarget(String state) {
    jdbc(
        "insert into bridge.target (name, state, reason, changed_by) values ('subscriber:1', ?, 'maintenance', 'ada')",
        state);
  }

  void aMonthPasses() {
    jdbc("update public.audit_event set created_at = created_at - interval '30 days'");
    jdbc(
        "update bridge.subscriber set created_at = created_at - interval '30 days', updated_at = created_at - interval '30 days'");
  }

  void jdbc(String sql, Object... parameters) {
    database.jdbc().update(sql, parameters);
  }

  Map<String, Object> only() {
    List<Map<String, Object>> answers = explain(1);
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  List<Map<String, Object>> explain(long event) {
    return database
        .jdbc()
        .queryForList("select * from bridge.explain(?, make_interval(days => 7))", event);
  }
}
