package net.insightpulseai.bridge.openapi;

import java.net.http.HttpResponse;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replays and what became of events, held against the description. */
class ReplayAsDescribedTest extends BridgeTest {

  private static final String REPLAY = "/bridge/replay";
  private static final String STORY = "dddddddd-dddd-dddd-dddd-dddddddddddd";
  private static final String SAID = "\"who\":\"ada\",\"why\":\"a test\"";

  private OpenApi api;

  @BeforeEach
  void insertEvents() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url, event_types, mode) values"
                + " ('n8n', 'webhook', 'http://127.0.0.1:9/', '{*}', 'rest'),"
                + " ('dashboard', 'realtime', null, '{*}', 'trigger'),"
                + " ('gone', 'webhook', 'http://127.0.0.1:9/', '{*}', 'rest'),"
                + " ('sales', 'webhook', 'http://127.0.0.1:9/', '{sale.*}', 'rest')");
    jdbc()
        .update(
            "insert into bridge.target (name, state, reason, changed_by)"
                + " select 'subscriber:' || n, 'paused', 'holiday', 'ada' from generate_series(1, 4) n"
                + " on conflict (name) do update set state = 'paused', reason = 'holiday', changed_by = 'ada'");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, correlation_id)"
                + " select 'odoo', 'res.partner.updated', n::text, ?::uuid from generate_series(1, 3) n",
            STORY);
  }

  @Test
  void replaysAnswerAsDescribed() {
    replay("{\"event_type\":\"a.b\",\"payload\":{}}");
    replay("{\"events\":[1,2,99]}");
    replay("{\"events\":[1,2,3],\"rate\":1,\"dry_run\":false," + SAID + "}");
    replay("{\"events\":[1,2,3],\"rate\":1,\"dry_run\":false," + SAID + "}");
    replay("{\"events\":[99],\"dry_run\":false," + SAID + "}");
    replay("{\"events\":[1],\"subscriber\":\"nobody\"}");
    replay("{}");
    replay("nonsense");
    api.accepts("post", REPLAY, post(REPLAY, "{}"));
    api.accepts("get", "/bridge/replays", ask("/bridge/replays"));
    api.accepts("get", "/bridge/replays", ask("/bridge/replays?format=csv"));
    api.accepts("get", "/bridge/replays", ask("/bridge/replays?format=ndjson"));
    api.accepts("get", "/bridge/replays", ask("/bridge/replays?status=x"));
    api.accepts("get", "/bridge/replays", get("/bridge/replays"));
    for (String id : new String[] {"1", "99", "x"}) {
      api.accepts("get", "/bridge/replays/{id}", ask("/bridge/replays/" + id));
    }
    for (String act : new String[] {"pause", "resume", "cancel"}) {
      for (String body : new String[] {"{" + SAID + "}", "{" + SAID + "}", "{}"}) {
        change(act, "1", body);
      }
      change(act, "99", "{" + SAID + "}");
      change(act, "x", "{" + SAID + "}");
    }
    api.accepts("get", "/bridge/replays/{id}", ask("/bridge/replays/1"));
  }

  @Test
  void whatBecameOfAnEventIsAnsweredAsDescribed() {
    for (String status : new String[] {"delivered", "sent", "error", "queued"}) {
      jdbc()
          .update(
              "insert into bridge.event_delivery (target, event_id, event_created_at, correlation_id, idempotency_key, replay_id,"
                  + " status, attempts, last_error, response_status, delivered_at, lease_until)"
                  + " select 'subscriber:1', id, created_at, correlation_id, 'evt_1', (select 1 + count(*) from bridge.event_delivery),"
                  + " ?, 1, 'HTTP 500', 500, now(), 'infinity' from public.audit_event where id = 1",
              status);
    }
    jdbc()
        .update(
            "insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, attempts, resolution)"
                + " select 'event-deliveries', id, target, '', 'rejected', 1, 'discarded' from bridge.event_delivery where status = 'error'");
    jdbc().update("delete from bridge.subscriber where name = 'gone'");
    for (String id : new String[] {"1", "2", "99", "x"}) {
      api.accepts("get", "/bridge/events/{id}", ask("/bridge/events/" + id));
      String path = "/bridge/events/" + id + "/deliveries";
      api.accepts("get", "/bridge/events/{id}/deliveries", ask(path));
      api.accepts("get", "/bridge/events/{id}/deliveries", get(path));
    }
    api.accepts("get", "/bridge/trace/{correlation_id}", ask("/bridge/trace/" + STORY));
  }

  private void replay(String body) {
    api.accepts("post", REPLAY, postSigned(REPLAY, body));
  }

  private void change(String act, String id, String body) {
    api.accepts(
        "post",
        "/bridge/replays/{id}/" + act,
        post("/bridge/replays/" + id + "/" + act, body, "apikey", serviceKey()));
  }

  private HttpResponse<String> ask(String path) {
    return get(path, "apikey", serviceKey());
  }
}
