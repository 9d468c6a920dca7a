package net.insightpulseai.bridge.openapi;

import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairingAsDescribedTest extends BridgeTest {

  private static final String PAIRING = "/bridge/pairing";
  private static final String INGEST = "/functions/v1/odoo_event_ingest";

  private OpenApi api;

  @BeforeEach
  void read() {
    api = new OpenApi(get("/bridge/openapi.yaml").body());
  }

  @Test
  void pairingAnswersAsDescribed() {
    api.accepts("get", PAIRING, get(PAIRING, "apikey", serviceKey()));
    api.accepts("get", PAIRING, get(PAIRING));
    api.accepts(
        "post",
        PAIRING,
        post(PAIRING, "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey()));
    api.accepts("post", PAIRING, post(PAIRING, "{}", "apikey", serviceKey()));
    odoo().answerInfo(call -> Answer.error(503, "busy"));
    api.accepts(
        "post",
        PAIRING,
        post(PAIRING, "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey()));
    api.accepts("get", PAIRING, get(PAIRING, "apikey", serviceKey()));
  }

  @Test
  void whatAForeignOdooIsToldIsAsDescribed() {
    get(PAIRING, "apikey", serviceKey());
    String event = "{\"event_type\":\"a.b\",\"db_uuid\":\"another\"}";
    api.accepts("post", INGEST, postSigned(INGEST, event));
    api.accepts("post", INGEST, postSigned(INGEST, "{\"events\":[" + event + "]}"));
    api.accepts(
        "post",
        INGEST,
        postSigned(INGEST, "{\"events\":[" + event + ",{\"event_type\":\"a.b\"}]}"));
  }
}
