package net.insightpulseai.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo.Answer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class OpenApiTest extends BridgeTest {

  private static final String INGEST = "/functions/v1/odoo_event_ingest";
  private static final String PUSH = "/functions/v1/push_to_odoo";
  private static final String EVENT =
      "{\"event_type\":\"res.partner.updated\",\"resource_id\":42,\"payload\":{\"name\":\"Acme\"},\"event_id\":\"e1\","
          + "\"correlation_id\":\"11111111-2222-3333-4444-555555555555\"}";

  private OpenApi api;
  @Autowired private CamelContext camel;

  @BeforeEach
  void read() {
    HttpResponse<String> served = get("/bridge/openapi.yaml");
    assertThat(served.headers().firstValue("content-type").orElse(""))
        .startsWith("application/yaml");
    api = new OpenApi(served.body());
    api.accepts("get", "/bridge/openapi.yaml", served);
  }

  @Test
  void everyRouteThatServesHttpIsDescribedAndNoOther() {
    Set<String> served = new TreeSet<>();
    camel.getRoutes().stream()
        .map(route -> route.getEndpoint())
        .filter(PlatformHttpEndpoint.class::isInstance)
        .map(PlatformHttpEndpoint.class::cast)
        .forEach(
            endpoint ->
                served.add(
                    endpoint.getHttpMethodRestrict().toLowerCase(Locale.ROOT)
                        + " "
                        + OpenApi.path(endpoint)));
    Set<String> described = new TreeSet<>();
    api.paths()
        .forEach(path -> api.methods(path).forEach(method -> described.add(method + " " + path)));
    assertThat(described).isEqualTo(served);
    assertThat(api.version()).isEqualTo("3.1.0");
    assertThat(api.references()).isNotEmpty().allMatch(api::resolves);
  }

  @Test
  void anAnswerThatIsNotAsDescribedIsNoticed() {
    HttpResponse<String> health = get("/health");
    assertThatThrownBy(() -> api.accepts("get", "/bridge/refusals", health))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("refusals");
    HttpResponse<String> trace = ask("/bridge/trace/x");
    assertThatThrownBy(() -> api.accepts("get", "/health", trace))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> api.accepts("get", "/bridge/actions/{id}", ask("/bridge/events")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void ingestAnswersAsDescribed() {
    for (String path : new String[] {INGEST, "/bridge/event"}) {
      api.accepts("post", path, postSigned(path, EVENT));
      api.accepts("post", path, postSigned(path, EVENT));
      api.accepts("post", path, postSigned(path, EVENT.replace("Acme", "Other")));
      api.accepts(
          "post",
          path,
          postSigned(
              path, "{\"events\":[{\"event_type\":\"a.b\"},{\"event_type\":\"bridge.x\"}]}"));
      api.accepts("post", path, postSigned(path, "{}"));
      api.accepts("post", path, postSigned(path, "nonsense"));
      api.accepts("post", path, post(path, EVENT));
      api.accepts("post", path, post(path, EVENT, "x-signature", "dummy"));
      api.accepts("post", path, postSigned(path, "x".repeat(1_100_000)));
    }
  }

  @Test
  void actionsAnswerAsDescribed() {
    for (String path : new String[] {PUSH, "/bridge/apply"}) {
      api.accepts("post", path, push(path, "{\"action\":\"x.y\"}"));
      api.accepts("post", path, push(path, "{\"action\":\"x.y\",\"wait\":0}"));
      api.accepts("post", path, push(path, "{}"));
      api.accepts(
          "post", path, push(path, "{\"action\":\"x.y\",\"not_after\":\"2020-01-01T00:00:00Z\"}"));
      push(path, "{\"action\":\"x.y\",\"wait\":0,\"idempotency_key\":\"k\"}");
      api.accepts("post", path, push(path, "{\"action\":\"x.z\",\"idempotency_key\":\"k\"}"));
      api.accepts("post", path, post(path, "{\"action\":\"x.y\"}"));
      api.accepts("post", path, post(path, "{\"action\":\"x.y\"}", "x-signature", "dummy"));
      odoo().answer(call -> Answer.error(404, "record_missing"));
      api.accepts("post", path, push(path, "{\"action\":\"x.y\"}"));
      odoo()
          .answer(
              call ->
                  Answer.json(
                      200, "{\"ok\":false,\"code\":\"unknown_action\",\"message\":\"no\"}"));
      api.accepts("post", path, push(path, "{\"action\":\"x.y\"}"));
      odoo().reset();
    }
  }

  private HttpResponse<String> push(String path, String body) {
    return post(path, body, "apikey", serviceKey());
  }

  @Test
  void lookUpsAnswerAsDescribed() {
    postSigned(INGEST, EVENT);
    push(
        PUSH,
        "{\"action\":\"res.partner.update\",\"args\":{\"id\":42},\"correlation_id\":\"11111111-2222-3333-4444-555555555555\"}");
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, next_attempt_at, causation_id, correlation_id)"
                + " values ('x.y', 'infinity', '11111111-2222-3333-4444-555555555555', '22222222-2222-3333-4444-555555555555')");
    for (String path : new String[] {"/bridge/events", "/bridge/actions"}) {
      api.accepts("get", path, ask(path));
      api.accepts("get", path, ask(path + "?limit=1"));
      api.accepts("get", path, ask(path + "?format=csv"));
      api.accepts("get", path, ask(path + "?format=ndjson"));
      api.accepts("get", path, ask(path + "?limit=0"));
      api.accepts("get", path, get(path));
    }
    api.accepts("get", "/bridge/actions/{id}", ask("/bridge/actions/1"));
    api.accepts("get", "/bridge/actions/{id}", ask("/bridge/actions/2"));
    api.accepts("get", "/bridge/actions/{id}", ask("/bridge/actions/99"));
    api.accepts("get", "/bridge/actions/{id}", ask("/bridge/actions/x"));
    api.accepts("get", "/bridge/records/{model}/{id}", ask("/bridge/records/res.partner/42"));
    api.accepts(
        "get", "/bridge/records/{model}/{id}", ask("/bridge/records/res.partner/42?before=x"));
    api.accepts(
        "get",
        "/bridge/trace/{correlation_id}",
        ask("/bridge/trace/11111111-2222-3333-4444-555555555555"));
    api.accepts(
        "get",
        "/bridge/trace/{correlation_id}",
        ask("/bridge/trace/22222222-2222-3333-4444-555555555555"));
    api.accepts(
        "get",
        "/bridge/trace/{correlation_id}",
        ask("/bridge/trace/99999999-2222-3333-4444-555555555555"));
    api.accepts("get", "/bridge/trace/{correlation_id}", ask("/bridge/trace/x"));
  }

  @Test
  void whatOperatorsCallAnswersAsDescribed() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, next_attempt_at) values ('x.y', 'infinity')");
    String cancel = "/bridge/actions/{id}/cancel";
    api.accepts("post", cancel, push("/bridge/actions/1/cancel", "{\"by\":\"ada\"}"));
    api.accepts("post", cancel, push("/bridge/actions/1/cancel", ""));
    api.accepts("post", cancel, push("/bridge/actions/9/cancel", ""));
    api.accepts("post", cancel, push("/bridge/actions/1/cancel", "{\"by\":1}"));
    api.accepts("post", cancel, post("/bridge/actions/1/cancel", ""));
    api.accepts(
        "post",
        "/webhooks/supabase",
        push("/webhooks/supabase", "{\"table\":\"odoo_action_outbox\"}"));
    api.accepts("post", "/webhooks/supabase", push("/webhooks/supabase", "{\"table\":\"orders\"}"));
    api.accepts("post", "/webhooks/supabase", push("/webhooks/supabase", "[]"));
    api.accepts("post", "/webhooks/supabase", post("/webhooks/supabase", "{\"table\":\"orders\"}"));
    api.accepts("get", "/bridge/refusals", ask("/bridge/refusals"));
    api.accepts("get", "/bridge/refusals", get("/bridge/refusals"));
    api.accepts("get", "/health", get("/health"));
  }

  private HttpResponse<String> ask(String path) {
    return get(path, "apikey", serviceKey());
  }
}
