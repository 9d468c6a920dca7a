package net.insightpulseai.bridge.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The statements of a replay on a database of its own, as the routes run them. */
final class ReplayFixture implements AutoCloseable {

  /** All there is. */
  static final String EVERYTHING =
      "{\"since\":\"2000-01-01T00:00:00Z\",\"until\":\"2100-01-01T00:00:00Z\"}";

  private final TestDatabase database = TestDatabase.fresh();

  JdbcTemplate jdbc() {
    return database.jdbc();
  }

  DataSource dataSource() {
    return database.dataSource();
  }

  long subscribe(String name, String kind, String eventTypes, String mode) {
    return number(
        "insert into bridge.subscriber (name, kind, event_types, mode) values (?, ?, ?::text[], ?) returning id",
        name,
        kind,
        eventTypes,
        mode);
  }

  long subscribe(String name) {
    return subscribe(name, "webhook", "{*}", "rest");
  }

  /** Events that nobody has got: the subscribers come later. */
  void insertEvents(int count, String type) {
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id)"
                + " select 'odoo', ?, (n % 7)::text from generate_series(1, ?) n",
            type, count);
  }

  void setTarget(long subscriber, String state) {
    jdbc()
        .update(
            "insert into bridge.target (name, state) values ('subscriber:' || ?, ?)"
                + " on conflict (name) do update set state = excluded.state",
            subscriber,
            state);
  }

  Map<String, Object> plan(String filter, @Nullable Long subscriber, int rate, boolean dryRun) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("filter", filter);
    parameters.put("subscriber_id", subscriber);
    parameters.put("subscriber_name", null);
    parameters.put("rate", rate);
    parameters.put("who", "ada");
    parameters.put("why", "a test");
    parameters.put("dry_run", dryRun);
    return row("replay/plan", parameters);
  }

  long start(String filter, @Nullable Long subscriber, int rate) {
    Map<String, Object> plan = plan(filter, subscriber, rate, false);
    assertThat(plan.get("job")).as("%s", plan).isNotNull();
    return ((Number) plan.get("job")).longValue();
  }

  /** One step; whether there was a job to step. */
  boolean step() {
    return step(new NamedParameterJdbcTemplate(dataSource()));
  }

  static boolean step(NamedParameterJdbcTemplate on) {
    return Boolean.TRUE.equals(on.queryForMap(sql("replay/step"), Map.of("steps", 10)).get("more"));
  }

  void stepUntilNoneIsDue() {
    while (step()) {
      continue;
    }
  }

  /** As if a second had passed since the last step of every job. */
  void aSecondPasses() {
    jdbc().update("update bridge.replay set next_at = next_at - interval '1 second'");
  }

  /** As if a second passed between rounds, until it has ended or thirty are over. */
  void walkToTheEnd(long job) {
    for (int second = 0; second < 30 && "running".equals(job(job).get("status")); second++) {
      aSecondPasses();
      stepUntilNoneIsDue();
    }
  }

  List<Map<String, Object>> change(long id, String status) {
    return new NamedParameterJdbcTemplate(dataSource())
        .queryForList(
            sql("replay/change"), Map.of("id", id, "status", status, "who", "bob", "why", "so"));
  }

  long sweep() {
    return (Long) row("replay/sweep", Map.of()).get("removed");
  }

  Map<String, Object> job(long id) {
    return jdbc().queryForMap("select * from bridge.replay where id = ?", id);
  }

  /** Event and target of each delivery of a job, in the order in which they were made. */
  List<String> made(long replay) {
    return jdbc()
        .queryForList(
            "select event_id || ' ' || target from bridge.event_delivery where replay_id = ? order by id",
            String.class,
            replay);
  }

  /** What the bridge has said about itself. */
  List<String> said() {
    return jdbc()
        .queryForList(
            "select event_type from public.audit_event where source = 'bridge' order by id",
            String.class);
  }

  long number(String sql, Object... parameters) {
    Long number = jdbc().queryForObject(sql, Long.class, parameters);
    return number == null ? 0 : number;
  }

  private Map<String, Object> row(String name, Map<String, ?> parameters) {
    return new NamedParameterJdbcTemplate(dataSource()).queryForMap(sql(name), parameters);
  }

  /** Camel writes parameters as :#name, Spring as :name. */
  private static String sql(String name) {
    return SqlFile.read(name).replace(":#", ":");
  }

  @Override
  public void close() {
    database.close();
  }
}
