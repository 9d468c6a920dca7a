package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.egress.AddressGuard;
import org.junit.jupiter.api.AfterEach;
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

/** Starts what reads subscribers from application.yaml, on a database of its own. */
abstract class DeclareSubscribersFixture {

  static final String CRM =
      "name=crm,kind=webhook,url=https://crm.example.com/a,secret=" + secret('a');

  static final String LIVE = "name=live,kind=realtime,mode=off";

  static final String ODOO = "name=odoo,kind=odoo";

  final TestDatabase database = TestDatabase.fresh();

  @Configuration(proxyBeanMethods = false)
  @ConfigurationPropertiesScan(basePackageClasses = BridgeApplication.class)
  @ComponentScan(basePackageClasses = AddressGuard.class)
  @Import({DeclareSubscribers.class, Feasibility.class, LiveTls.class, SecretReferences.class})
  static class OnlyThis {}

  @AfterEach
  void drop() {
    database.close();
  }

  void start(String... entries) {
    startWith(List.of(), entries);
  }

  void startWith(List<String> settings, String... entries) {
    runner(settings, entries).run(context -> assertThat(context).hasNotFailed());
  }

  String refusal(String entry) {
    return refusalWith(List.of(), entry);
  }

  String refusalWith(List<String> settings, String entry) {
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

  ApplicationContextRunner runner(List<String> settings, String... entries) {
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

  Map<String, Object> row(String name) {
    return database
        .jdbc()
        .queryForMap(
            "select s.owner, s.url, s.company, s.rate, s.format, s.mode, s.secrets::text as secrets,"
                + " s.headers::text as headers, s.updated_at,"
                + " array_to_string(s.event_types, ',') as types, t.state, t.reason, t.changed_by"
                + " from bridge.subscriber s left join bridge.target t on t.name = 'subscriber:' || s.id"
                + " where s.name = ?",
            name);
  }

  List<String> acts() {
    return database
        .jdbc()
        .queryForList(
            "select replace(event_type, 'bridge.subscriber.', '') || ' ' || (payload ->> 'name')"
                + " from public.audit_event where payload ->> 'by' = 'application.yaml' order by id",
            String.class);
  }

  static String secret(char letter) {
    return "whsec_" + String.valueOf(letter).repeat(40);
  }
}
