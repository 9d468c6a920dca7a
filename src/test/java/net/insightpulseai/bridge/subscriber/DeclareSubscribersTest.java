package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.egress.AddressGuard;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What a start makes of the subscribers in application.yaml. */
class DeclareSubscribersTest {

  private static final String CRM =
      "name=crm,kind=webhook,url=https://crm.example.com/a,secret=" + secret('a');
  private static final String LIVE = "name=live,kind=realtime,mode=off";
  private static final String ODOO = "name=odoo,kind=odoo";

  private final TestDatabase database = TestDatabase.fresh();

  @Configuration(proxyBeanMethods = false)
  @ConfigurationPropertiesScan(basePackageClasses = BridgeApplication.class)
  @ComponentScan(basePackageClasses = AddressGuard.class)
  @Import({DeclareSubscribers.class, Feasibility.class})
  static class OnlyThis {}

  @AfterEach
  void drop() {
    database.close();
  }

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

  private void start(String... entries) {
    startWith(List.of(), entries);
  }

  private void startWith(List<String> settings, String... entries) {
    runner(settings, entries).run(context -> assertThat(context).hasNotFailed());
  }

  private String refusal(String entry) {
    return refusalWith(List.of(), entry);
  }

  private String refusalWith(List<String> settings, String entry) {
    List<String> lines = new ArrayList<>();
    runner(settings, entry)
        .run(
            context -> {
              Throwable cause = context.getStartupFailure();
              while (cause != null && !(cause instanceof StartRefused)) {
                cause = cause.getCause();
              }
              assertThat(cause).isNotNull();
              lines.add(cause.getMessage());
            });
    return lines.get(0);
  }

  private ApplicationContextRunner runner(List<String> settings, String... entries) {
    List<String> properties = new ArrayList<>(settings);
    properties.add("bridge.odoo.base-url=${ODOO_BASE_URL:}");
    properties.add("bridge.odoo.api-token=token");
    for (int i = 0; i < entries.length; i++) {
      for (String property : entries[i].split(",")) {
        properties.add("bridge.subscribers[%d].%s".formatted(i, property.replace(';', ',')));
      }
    }
    return new ApplicationContextRunner()
        // A context closes what it can; the database is needed after it.
        .withBean(DataSource.class, () -> new DelegatingDataSource(database.dataSource()))
        .withConfiguration(
            AutoConfigurations.of(
                JdbcTemplateAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                TransactionAutoConfiguration.class))
        .withUserConfiguration(OnlyThis.class)
        .withPropertyValues(properties.toArray(String[]::new));
  }

  private Map<String, Object> row(String name) {
    return database
        .jdbc()
        .queryForMap(
            "select s.owner, s.url, s.company, s.rate, s.format, s.mode, s.secrets::text as secrets, s.updated_at,"
                + " array_to_string(s.event_types, ',') as types, t.state, t.reason, t.changed_by"
                + " from bridge.subscriber s left join bridge.target t on t.name = 'subscriber:' || s.id"
                + " where s.name = ?",
            name);
  }

  private List<String> acts() {
    return database
        .jdbc()
        .queryForList(
            "select replace(event_type, 'bridge.subscriber.', '') || ' ' || (payload ->> 'name')"
                + " from public.audit_event where payload ->> 'by' = 'application.yaml' order by id",
            String.class);
  }

  private static String secret(char letter) {
    return "whsec_" + String.valueOf(letter).repeat(40);
  }
}
