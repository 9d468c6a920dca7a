package net.insightpulseai.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;

class HeldActionsAsDescribedTest extends BridgeTest {

  private static final String HELD = "/bridge/actions/held/";

  @Test
  void heldActionsAreCountedReleasedAndDiscardedAsDescribed() {
    OpenApi api = new OpenApi(get("/bridge/openapi.yaml").body());
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, next_attempt_at)"
                + " select 'bridge.ping', '{}', 'infinity' from generate_series(1, 3)");

    for (String verb : new String[] {"release", "discard"}) {
      String path = HELD + verb;
      HttpResponse<String> counted = act(path, "{\"who\":\"ann\",\"why\":\"old\"}");
      api.accepts("post", path, counted);
      assertThat(counted.body()).contains("\"dry_run\":true", "\"matched\":3");
      api.accepts("post", path, act(path, "{\"who\":\"ann\"}"));
      api.accepts("post", path, act(path, "{\"who\":\"a\",\"why\":\"b\",\"id\":\"x\"}"));
      api.accepts("post", path, act(path, "{\"who\":\"a\",\"why\":\"b\",\"ids\":[1]}"));
      api.accepts("post", path, post(path, "{}"));
    }
    assertThat(held()).isEqualTo(3);

    String one = "{\"who\":\"ann\",\"why\":\"paid by hand\",\"dry_run\":false,\"id\":1}";
    HttpResponse<String> discarded = act(HELD + "discard", one);
    api.accepts("post", HELD + "discard", discarded);
    assertThat(discarded.body()).contains("\"matched\":1");
    String rest = "{\"who\":\"ann\",\"why\":\"still wanted\",\"dry_run\":false}";
    HttpResponse<String> released = act(HELD + "release", rest);
    api.accepts("post", HELD + "release", released);
    assertThat(released.body()).contains("\"matched\":2");

    assertThat(recorded("bridge.action.discarded")).isEqualTo("ann: paid by hand");
    assertThat(recorded("bridge.action.released")).isEqualTo("ann: still wanted");
    await().until(() -> applied() == 2);
  }

  private HttpResponse<String> act(String path, String body) {
    return post(path, body, "apikey", serviceKey());
  }

  private int held() {
    return count("next_attempt_at = 'infinity'");
  }

  private int applied() {
    return count("status = 'applied'");
  }

  private int count(String where) {
    return jdbc()
        .queryForObject(
            "select count(*) from public.odoo_action_outbox where " + where, Integer.class);
  }

  private String recorded(String event) {
    return jdbc()
        .queryForObject(
            "select distinct (payload ->> 'by') || ': ' || (payload ->> 'why') from public.audit_event"
                + " where event_type = ?",
            String.class,
            event);
  }
}
