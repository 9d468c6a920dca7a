package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetsAsDescribedTest extends BridgeTest {

  private static final String ALL = "/bridge/targets";
  private static final String WHO = "{\"who\":\"ada\",\"why\":\"a test\"}";

  private OpenApi api;

  @BeforeEach
  void read() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
    jdbc().update("insert into bridge.subscriber (name, kind) values ('erp', 'odoo')");
  }

  @Test
  void targetsAnswerAsDescribed() {
    for (String act : new String[] {"pause", "resume"}) {
      String path = ALL + "/{id}/" + act;
      check("post", path, ALL + "/odoo/" + act, WHO);
      check("get", ALL, ALL, "");
      check("get", "/health", "/health", "");
      check("get", "/bridge/subscribers", "/bridge/subscribers", "");
      check("post", path, ALL + "/subscriber:1/" + act, WHO);
      check("post", path, ALL + "/nobody/" + act, WHO);
      check("post", path, ALL + "/odoo/" + act, "{}");
    }
    jdbc().update("update bridge.target set state = 'paused', changed_by = 'pairing'");
    check("post", ALL + "/{id}/resume", ALL + "/odoo/resume", WHO);
    check("post", "/bridge/subscribers/{id}/resume", "/bridge/subscribers/erp/resume", WHO);
    api.accepts("get", ALL, get(ALL));
  }

  @Test
  void whatWaitsForOdooIsAsDescribed() {
    check("post", ALL + "/{id}/pause", ALL + "/odoo/pause", WHO);
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 1}')");
    String story =
        text(
            "insert into public.audit_event (source, event_type) values ('supabase', 'a.b') returning correlation_id");
    check("get", "/bridge/actions/{id}", "/bridge/actions/1", "");
    check("get", "/bridge/actions", "/bridge/actions", "");
    check("get", "/bridge/trace/{correlation_id}", "/bridge/trace/" + story, "");
  }

  private void check(String method, String path, String at, String body) {
    api.accepts(
        method,
        path,
        call(method.toUpperCase(Locale.ROOT), at, body.getBytes(UTF_8), "apikey", serviceKey()));
  }
}
