package net.insightpulseai.bridge.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import net.insightpulseai.bridge.TestOdoo.Call;
import net.insightpulseai.bridge.console.DeadLetterControl;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** One dead letter, from Odoo's refusal to its end. */
class DeadLettersTest extends DeadLettersFixture {

  private static final String ARGS =
      "{\"id\": 7, \"name\": \"Zoë Kundin\", \"amount\": 12345678901234567890.1200}";

  @Autowired private DeadLetterControl control;

  @Test
  void aPayloadIsEncryptedAtRestAndDecryptedForWhoAsks() {
    odooRefuses("res.partner.fly");
    dead("res.partner.fly", ARGS);
    byte[] kept = jdbc().queryForObject("select payload from bridge.dead_letter", byte[].class);
    assertThat(new String(kept, UTF_8)).doesNotContain("Kundin", "res.partner");
    assertThat(jdbc().queryForObject("select l::text from bridge.dead_letter l", String.class))
        .doesNotContain("Kundin");

    JsonNode listed = ask(200, LIST).path("dead_letters").get(0);
    assertThat(listed.toString()).doesNotContain("Kundin").contains("res.partner.fly");
    assertThat(listed.has("payload")).isFalse();

    JsonNode letter = ask(200, LIST + "/1");
    assertThat(letter.at("/payload/args/name").textValue()).isEqualTo("Zoë Kundin");
    assertThat(letter.at("/payload/args/amount").decimalValue().toPlainString())
        .isEqualTo("12345678901234567890.1200");
    assertThat(letter.path("fault").textValue()).isEqualTo("other_side");
    assertThat(letter.path("reason").textValue()).isEqualTo("rejected");
    assertThat(letter.path("response_status").intValue()).isEqualTo(422);
    assertThat(letter.path("payload_error").isNull()).isTrue();
  }

  @Test
  void whereTheKeyIsMissingItsIdIsNamedAndTheRestIsShown() {
    odooRefuses("x.y");
    dead("x.y", "{}");
    jdbc().update("update bridge.dead_letter set key_id = 'deadbeef'");
    JsonNode letter = ask(200, LIST + "/1");
    assertThat(letter.path("payload").isNull()).isTrue();
    assertThat(letter.path("payload_error").textValue())
        .isEqualTo(
            "it is encrypted with the key deadbeef, which bridge.encryption-key does not hold");
    assertThat(letter.path("action").textValue()).isEqualTo("x.y");
  }

  @Test
  void anAlteredPayloadIsNotShown() {
    odooRefuses("x.y");
    dead("x.y", "{}");
    jdbc()
        .update(
            "update bridge.dead_letter set payload = set_byte(payload, 40, get_byte(payload, 40) # 1)");
    assertThat(ask(200, LIST + "/1").path("payload_error").textValue()).contains("it was altered");
  }

  @Test
  void aPayloadThatIsCopiedFromAnotherLetterIsNotShown() {
    odooRefuses("x.y");
    dead("x.y", "{\"of\":\"one\"}");
    dead("x.y", "{\"of\":\"two\"}");
    jdbc()
        .update(
            "update bridge.dead_letter a set payload = b.payload from bridge.dead_letter b"
                + " where a.id = 2 and b.id = 1");
    assertThat(ask(200, LIST + "/1").at("/payload/args/of").textValue()).isEqualTo("one");
    JsonNode copied = ask(200, LIST + "/2");
    assertThat(copied.path("payload").isNull()).isTrue();
    assertThat(copied.path("payload_error").textValue())
        .contains("for this row: it was altered, or copied from another row or field");
  }

  @Test
  void aPayloadOfTheFirstFormIsShown() {
    odooRefuses("x.y");
    dead("x.y", "{}");
    jdbc()
        .update(
            "update bridge.dead_letter set payload = decode('AAAAEGfN+KK0fdQ8/DYJ2y21aet5kE3Y3If+"
                + "QzZDSkypP7rYJZm0ULFYjY2OgdZfrKboiCigIP6X9W4S5VYOdWkil8HhCmj9vwBk8WcaTZCmXxN3', 'base64')");
    assertThat(ask(200, LIST + "/1").at("/payload/name").textValue()).isEqualTo("Zoë Müller");
  }

  @Test
  void aPayloadFromBeforeThereWasAKeyIsShownAsItIs() {
    odooRefuses("x.y");
    dead("x.y", "{}");
    jdbc()
        .update(
            "update bridge.dead_letter set key_id = null, payload = convert_to('{\"a\":1.50}', 'UTF8')");
    assertThat(ask(200, LIST + "/1").path("payload")).hasToString("{\"a\":1.50}");
  }

  @Test
  void whatExpiredBeforeItCouldBeSentIsEncryptedToo() {
    long id =
        jdbc()
            .queryForObject(
                "insert into public.odoo_action_outbox (action, args, not_after)"
                    + " values ('x.y', '{\"name\": \"Kundin\"}', now() - interval '1 minute') returning id",
                Long.class);
    awaitStatus(id, "error");
    assertThat(jdbc().queryForObject("select l::text from bridge.dead_letter l", String.class))
        .doesNotContain("Kundin");
    JsonNode letter = ask(200, LIST + "/1");
    assertThat(letter.path("reason").textValue()).isEqualTo("expired");
    assertThat(letter.path("fault").textValue()).isEqualTo("bridge");
    assertThat(letter.at("/payload/args/name").textValue()).isEqualTo("Kundin");
  }

  @Test
  void aRequeuedActionIsAppliedOnceUnderItsOldKey() {
    odooRefuses("res.partner.update");
    long id = dead("res.partner.update", ARGS);
    odooRefuses();
    JsonNode done = tell(200, LIST + "/1/requeue", RECORD);
    assertThat(done).hasToString("{\"ok\":true,\"id\":1,\"outcome\":\"requeued\",\"row_id\":1}");
    awaitStatus(id, "applied");
    assertThat(odoo().calls("res.partner.update"))
        .extracting((Call call) -> call.json().path("idempotency_key").asText())
        .hasSize(2)
        .containsOnly(
            jdbc()
                .queryForObject(
                    "select idempotency_key from public.odoo_action_outbox", String.class));
    assertThat(
            jdbc()
                .queryForList(
                    "select event_type from public.audit_event order by id", String.class))
        .containsExactly("bridge.action.failed", "bridge.action.requeued", "bridge.action.applied");
    assertThat(
            jdbc()
                .queryForObject(
                    "select payload ->> 'by' || ': ' || (payload ->> 'why') from public.audit_event"
                        + " where event_type = 'bridge.action.requeued'",
                    String.class))
        .isEqualTo("ann: mended the partner");
    assertThat(tell(409, LIST + "/1/requeue", RECORD).path("code").textValue())
        .isEqualTo("already_resolved");
    assertThat(ask(200, LIST + "/1").path("resolved_why").textValue())
        .isEqualTo("mended the partner");
  }

  @Test
  void anActionThatALaterOneHasOvertakenIsRefusedUnlessForced() {
    odooRefuses("res.partner.fly");
    long first = dead("res.partner.fly", "{\"id\": 7}");
    awaitStatus(insert("res.partner.update", "{\"id\": 7}"), "applied");
    odooRefuses();
    JsonNode refused = tell(409, LIST + "/1/requeue", RECORD);
    assertThat(refused.path("code").textValue()).isEqualTo("overtaken");
    assertThat(refused.path("message").textValue()).contains("\"force\":true");
    tell(200, LIST + "/1/requeue", record("\"force\":true"));
    awaitStatus(first, "applied");
  }

  @Test
  void aDiscardedActionStaysDeadAndIsListedAsDiscarded() {
    odooRefuses("x.y");
    long id = dead("x.y", "{}");
    tell(200, LIST + "/1/discard", RECORD);
    assertThat(ask(200, LIST + "/1").path("row_status").textValue()).isEqualTo("error");
    awaitStatus(id, "error");
    assertThat(listed("")).isEmpty();
    assertThat(listed("?resolution=discarded")).containsExactly(1L);
    assertThat(count("public.audit_event where event_type = 'bridge.action.discarded'"))
        .isEqualTo(1);
  }

  @Test
  void hawtioDoesTheSameAsTheRoutes() {
    odooRefuses("x.y", "x.z");
    dead("x.y", "{}");
    dead("x.z", "{}");
    odooRefuses();
    assertThat(control.requeue(1, false, "ann", "why")).contains("\"requeued\"");
    assertThat(control.requeue(1, false, "ann", "why"))
        .isEqualTo("nothing done: It has already been requeued or discarded");
    assertThat(control.discard(2, "ann", "why")).contains("\"discarded\"");
    assertThat(control.discard(9, "ann", "why")).startsWith("nothing done: ");
  }

  @Test
  void hawtioAsksForWhoAndWhyToo() {
    odooRefuses("x.y");
    dead("x.y", "{}");
    assertThat(control.requeue(1, false, " ", "why")).startsWith("nothing done: Missing who");
    assertThat(control.requeue(1, false, "ann", null)).startsWith("nothing done: Missing why");
    assertThat(control.discard(1, "a\0b", "why")).startsWith("nothing done: who must be");
    assertThat(listed("")).containsExactly(1L);
  }

  @Test
  void whoAndWhyAreAskedForAndNothingElseIsTaken() {
    for (String verb : new String[] {"requeue", "discard"}) {
      String path = LIST + "/1/" + verb;
      assertThat(tell(400, path, "{\"who\":\"ann\"}").path("code").textValue())
          .isEqualTo("missing_why");
      assertThat(tell(400, path, "{\"why\":\"x\"}").path("code").textValue())
          .isEqualTo("missing_who");
      assertThat(tell(400, path, record("\"dry_run\":true")).path("code").textValue())
          .isEqualTo("unknown_field");
      assertThat(tell(400, path, "[]").path("code").textValue()).isEqualTo("invalid_body");
      assertThat(tell(404, path, RECORD).path("code").textValue()).isEqualTo("not_found");
      assertThat(post(path, RECORD).statusCode()).isEqualTo(401);
    }
    assertThat(tell(400, LIST + "/1/requeue", record("\"force\":\"yes\"")).path("code").textValue())
        .isEqualTo("invalid_force");
    assertThat(get(LIST).statusCode()).isEqualTo(401);
    assertThat(get(LIST + "/1").statusCode()).isEqualTo(401);
  }
}
