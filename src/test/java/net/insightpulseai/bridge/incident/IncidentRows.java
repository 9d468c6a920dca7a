package net.insightpulseai.bridge.incident;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Runs the statements of incidents as the route does, with the limits that the settings have. */
final class IncidentRows {

  static final String CONDITIONS = named("incident/conditions");
  static final String RECORD = named("incident/record");

  static final Map<String, Object> LIMITS =
      Map.of("late_s", 300, "pull_late_s", 864_000, "heartbeat_s", 300, "absent_s", 600);

  private final NamedParameterJdbcTemplate named;
  private final JdbcTemplate jdbc;

  IncidentRows(TestDatabase database) {
    this.jdbc = database.jdbc();
    this.named = new NamedParameterJdbcTemplate(jdbc);
  }

  /** A statement of Camel's, with the names of parameters as Spring takes them. */
  private static String named(String file) {
    return SqlFile.read(file).replace(":#", ":");
  }

  /** What the database shows, but for its clock, each as "kind subject". */
  List<String> seen() {
    return named.queryForList(CONDITIONS, LIMITS).stream()
        .filter(row -> !row.get("kind").equals("clock"))
        .map(row -> row.get("kind") + " " + row.get("subject"))
        .sorted()
        .toList();
  }

  /** One look of an instance, which sees these, each as "kind subject". */
  void look(String instance, String... conditions) {
    StringBuilder observed = new StringBuilder("[");
    for (String one : conditions) {
      String[] words = one.split(" ");
      observed
          .append(observed.length() > 1 ? "," : "")
          .append(
              "{\"kind\":\"%s\",\"subject\":\"%s\",\"name\":\"N\",\"found\":\"F\",\"remedy\":\"R\",\"page\":\"overview\",\"since\":\"2026-01-01T00:00:00Z\",\"open_after_s\":60}"
                  .formatted(words[0], words[1]));
    }
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("observed", observed.append(']').toString());
    parameters.put("instance", instance);
    parameters.put("console", "https://bridge.example.com/actuator/hawtio");
    parameters.put("close_after_s", 120);
    parameters.put("quiet_s", 15);
    named.queryForList(RECORD, parameters);
  }

  /** Lets so many seconds pass for what is recorded. */
  void pass(int seconds) {
    jdbc.update(
        "update bridge.incident set first_seen_at = first_seen_at - make_interval(secs => ?),"
            + " last_seen_at = last_seen_at - make_interval(secs => ?), gone_at = gone_at - make_interval(secs => ?)"
            + " where closed_at is null",
        seconds,
        seconds,
        seconds);
  }

  /** The events so far, each as "opened kind" or "closed kind". */
  List<String> events() {
    return jdbc.queryForList(
        "select split_part(event_type, '.', 3) || ' ' || (payload ->> 'kind') from public.audit_event"
            + " where event_type like 'bridge.alert.%' order by id",
        String.class);
  }
}
