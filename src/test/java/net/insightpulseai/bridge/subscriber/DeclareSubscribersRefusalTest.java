package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries in application.yaml that stop the start. */
class DeclareSubscribersRefusalTest extends DeclareSubscribersFixture {

  @Test
  void aNameThatTheApiGaveIsNotTakenOver() {
    database.jdbc().update("insert into bridge.subscriber (name, kind) values ('crm', 'webhook')");
    assertThat(refusal(CRM))
        .contains(
            "bridge.subscribers, the entry crm: name belongs to", "DELETE /bridge/subscribers/crm");
    assertThat(row("crm")).containsEntry("owner", "api");
  }

  @Test
  void whatWasChangedThroughTheApiSinceItLeftTheFileStaysTheApis() {
    start(CRM);
    start();
    database.jdbc().update("update bridge.subscriber set left_file_at = null");
    assertThat(refusal(CRM)).contains("through the API");
  }

  @Test
  void anotherKindUnderTheSameNameIsRefused() {
    start(CRM);
    assertThat(refusal("name=crm,kind=realtime,mode=off"))
        .contains("the entry crm", "of kind webhook");
  }

  @Test
  void whatCannotWorkHereStopsTheStart() {
    assertThat(refusal("name=live,kind=realtime"))
        .contains("the entry live: mode must be", "SUPABASE_URL");
    assertThat(
            refusalWith(
                List.of("bridge.supabase.url=https://p.supabase.co"), "name=live,kind=realtime"))
        .contains("SUPABASE_SERVICE_ROLE_KEY");
    assertThat(refusal("name=live,kind=realtime,mode=trigger")).contains("realtime.send");
    assertThat(refusal(CRM.replace("crm.example.com", "10.0.0.7")))
        .contains("the entry crm: url is refused", "bridge.egress.allow");
    database.jdbc().execute("create schema realtime");
    database
        .jdbc()
        .execute(
            "create function realtime.send(jsonb, text, text, boolean) returns void language sql as ''");
    start("name=live,kind=realtime,mode=trigger");
    assertThat(row("live")).containsEntry("mode", "trigger");
  }

  @Test
  void aSchemaOfAnotherVersionStopsTheStartWithOneLine() {
    database.jdbc().execute("alter table bridge.subscriber drop column left_file_at");
    assertThat(refusal(CRM)).contains("bridge.database.migrate: auto");
  }
}
