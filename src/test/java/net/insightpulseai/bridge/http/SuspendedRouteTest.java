package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import net.insightpulseai.bridge.BridgeTest;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an operator does to take nothing in for a while. */
class SuspendedRouteTest extends BridgeTest {

  private static final String PATH = "/functions/v1/odoo_event_ingest";
  private static final String ROUTE = "odoo-event-ingest";
  private static final String EVENT =
      "{\"event_type\":\"res.partner.updated\",\"resource_id\":42,\"event_id\":\"e1\"}";

  @Autowired private CamelContext camel;

  @Test
  void aSuspendedRouteSendsItsCallersAwayUntilItIsResumed() throws Exception {
    camel.getRouteController().suspendRoute(ROUTE);
    try {
      callersAreSentAway();
    } finally {
      camel.getRouteController().resumeRoute(ROUTE);
    }
    callersAreServed();
  }

  @Test
  void aStoppedRouteDoesSoToo() throws Exception {
    camel.getRouteController().stopRoute(ROUTE);
    try {
      callersAreSentAway();
      assertThat(post("/functions/v1/no_such_function", EVENT).statusCode()).isEqualTo(404);
    } finally {
      camel.getRouteController().startRoute(ROUTE);
    }
    callersAreServed();
  }

  private void callersAreSentAway() {
    HttpResponse<String> refused = postSigned(PATH, EVENT);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("retry-after")).get().asString().matches("[1-9]\\d*");
    assertThat(messageOf(refused)).isEqualTo("Service Unavailable");
    assertThat(events()).isZero();
    HttpResponse<String> health = get("/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body()).contains("\"status\":\"suspended\"");
  }

  private void callersAreServed() {
    assertThat(postSigned(PATH, EVENT).statusCode()).isEqualTo(200);
    assertThat(get("/health").body()).contains("\"status\":\"up\"");
    assertThat(events()).isEqualTo(1);
  }

  private int events() {
    return jdbc().queryForObject("select count(*) from public.audit_event", Integer.class);
  }
}
