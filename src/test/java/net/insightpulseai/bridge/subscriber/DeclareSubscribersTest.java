package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a start makes of the subscribers in application.yaml. */
class DeclareSubscribersTest extends DeclareSubscribersFixture {

  @Test
  void whatTheFileNamesIsThereAndTheFilesOwn() {
    start(CRM + ",event-types=res.partner.*;sale.order.confirmed,company=7,rate=5", LIVE);
    assertThat(row("crm"))
        .containsEntry("owner", "file")
        .containsEntry("url", "https://crm.example.com/a")
        .containsEntry("company", 7L)
        .containsEntry("rate", 5)
        .containsEntry("secrets", "[]")
        .containsEntry("types", "res.partner.*,sale.order.confirmed");
    assertThat(row("live")).containsEntry("mode", "off").containsEntry("types", "*");
    assertThat(acts()).containsExactly("created crm", "created live");
  }

  @Test
  void headersInTheFileAreKnownByTheirNamesOnly() {
    start(CRM + ",headers.X-Api-Key=hush,headers.[X_Key]=hush,basic-auth=ann:hush");
    start(CRM + ",headers.X-Api-Key=hush2,headers.[X_Key]=hush,basic-auth=ann:hush");
    assertThat(row("crm").get("headers"))
        .isEqualTo("{\"X_Key\": {}, \"X-Api-Key\": {}, \"Authorization\": {}}");
    assertThat(acts()).containsExactly("created crm");
  }

  @Test
  void aSecondStartChangesNothing() {
    start(CRM, LIVE);
    Map<String, Object> before = row("crm");
    start(CRM, LIVE);
    assertThat(row("crm")).isEqualTo(before);
    assertThat(acts()).hasSize(2);
  }

  @Test
  void whatIsChangedInTheFileIsChanged() {
    start(CRM, LIVE);
    start(CRM.replace("/a", "/b") + ",format=thin", LIVE);
    assertThat(row("crm"))
        .containsEntry("url", "https://crm.example.com/b")
        .containsEntry("format", "thin");
    assertThat(acts()).containsExactly("created crm", "created live", "changed crm");
  }

  @Test
  void whatTheFileNamesNoMoreIsPausedAndNotDeleted() {
    start(CRM, LIVE);
    start(LIVE);
    assertThat(row("crm"))
        .containsEntry("owner", "api")
        .containsEntry("state", "paused")
        .containsEntry("reason", "removed from application.yaml")
        .containsEntry("changed_by", "application.yaml");
    assertThat(row("live")).containsEntry("owner", "file").containsEntry("state", null);
    start(LIVE);
    assertThat(acts()).containsExactly("created crm", "created live", "paused crm");
  }

  @Test
  void whatIsBackInTheFileIsItsOwnAgainAndResumed() {
    start(CRM);
    start();
    start(CRM);
    assertThat(row("crm")).containsEntry("owner", "file").containsEntry("state", "running");
    assertThat(acts()).containsExactly("created crm", "paused crm", "changed crm", "resumed crm");
  }

  @Test
  void whoIsPausedForAnotherReasonStaysPaused() {
    start(CRM);
    database
        .jdbc()
        .update(
            "insert into bridge.target (name, state, reason) select 'subscriber:' || id, 'disabled', 'it answered 410' from bridge.subscriber");
    start();
    assertThat(row("crm"))
        .containsEntry("state", "disabled")
        .containsEntry("reason", "it answered 410");
    start(CRM);
    assertThat(row("crm")).containsEntry("owner", "file").containsEntry("state", "disabled");
  }

  @Test
  void anEntryForOdooWaitsWhileThereIsNone() {
    start(ODOO);
    assertThat(database.jdbc().queryForList("select * from bridge.subscriber")).isEmpty();
    startWith(List.of("ODOO_BASE_URL=https://erp.example.com"), ODOO);
    assertThat(row("odoo")).containsEntry("owner", "file").containsEntry("state", null);
    start(ODOO);
    assertThat(row("odoo"))
        .containsEntry("state", "paused")
        .containsEntry("reason", "no Odoo is configured");
    startWith(List.of("ODOO_BASE_URL=https://erp.example.com"), ODOO);
    assertThat(row("odoo")).containsEntry("state", "running");
    assertThat(refusalWith(List.of("ODOO_BASE_URL=https://erp.example.com"), "name=erp,kind=odoo"))
        .contains("the entry erp: name must be odoo");
  }

  @Test
  void replicasMayStartAtOnce() throws Exception {
    CompletableFuture<Void> second;
    try (Connection first = database.dataSource().getConnection();
        Statement statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute(
          "insert into bridge.subscriber (name, kind, url, owner)"
              + " values ('crm', 'webhook', 'https://crm.example.com/a', 'file')");
      second = CompletableFuture.runAsync(() -> start(CRM));
      await().until(() -> waiting() == 1);
      first.commit();
    }
    second.join();
    assertThat(acts()).isEmpty();
  }

  private int waiting() {
    return database
        .jdbc()
        .queryForObject("select count(*) from pg_locks where not granted", Integer.class);
  }
}
