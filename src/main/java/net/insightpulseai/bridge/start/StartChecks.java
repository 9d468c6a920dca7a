package net.insightpulseai.bridge.start;

import java.util.List;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.archive.ArchivePlace;
import net.insightpulseai.bridge.archive.ArchiveSettings;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import net.insightpulseai.bridge.kafka.KafkaSettings;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.retention.RetentionSettings;
import net.insightpulseai.bridge.settings.WrittenSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import net.insightpulseai.bridge.tracing.TracingSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Reads all settings before any connection is made, and reports everything that is wrong with them
 * at once: unknown keys, values that cannot be read, and what several settings decide together.
 */
@Component
public final class StartChecks implements BeanFactoryPostProcessor, EnvironmentAware, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(StartChecks.class);

  private @Nullable ConfigurableEnvironment environment;

  /** Before the routes are checked, which need settings. */
  @Override
  public int getOrder() {
    return 0;
  }

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = (ConfigurableEnvironment) environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (environment != null) {
      check(beans, environment);
    }
  }

  /** Everything that is wrong with the settings, one line each, but for the database's. */
  public static List<String> wrong(
      ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
    return faults(beans, environment, WrittenSettings.of(beans, environment)).lines();
  }

  private static Faults faults(
      ConfigurableListableBeanFactory beans,
      ConfigurableEnvironment environment,
      WrittenSettings written) {
    Binder binder = Binder.get(environment);
    Faults faults = new Faults(written.wrong());
    new SectionBinding(binder).check(WrittenSettings.sections(beans), faults);
    together(binder, faults);
    Ports.check(binder, faults);
    faults.rewrite(line -> WrittenSettings.located(line, environment));
    return faults;
  }

  private static void check(
      ConfigurableListableBeanFactory beans, ConfigurableEnvironment environment) {
    WrittenSettings written = WrittenSettings.of(beans, environment);
    written.suspect().forEach(LOG::warn);
    Faults faults = faults(beans, environment, written);
    if (faults.none()) {
      warnAboutNoKey(Binder.get(environment));
      return;
    }
    // The connection pool would say so as well; it is here so that all faults are reported
    // together.
    database(beans, Binder.get(environment), faults);
    String missing = WrittenSettings.missingFile(environment);
    throw missing != null
        ? new StartRefused(missing)
        : StartRefused.all(faults.count() + " settings are wrong", faults.lines());
  }

  private static void together(Binder binder, Faults faults) {
    SignatureSettings signature = bound(binder, "bridge.signature", SignatureSettings.class);
    OdooSettings odoo = bound(binder, "bridge.odoo", OdooSettings.class);
    SupabaseSettings supabase = bound(binder, "bridge.supabase", SupabaseSettings.class);
    PlaintextHosts plaintext = bound(binder, "bridge", PlaintextHosts.class);
    if (signature != null && signature.inboundSecrets().isEmpty()) {
      faults.add(
          new StartRefused(
              "bridge.signature.secret (EDGE_HMAC_SECRET)",
              "nothing",
              "the secret that Odoo signs its events with, its system parameter ip.hmac.secret"));
    }
    if (signature != null
        && odoo != null
        && odoo.configured()
        && !signature.inboundSecrets().isEmpty()
        && signature.outboundSecret().isEmpty()) {
      faults.add(
          new StartRefused(
              "bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET)",
              "nothing",
              "the secret that calls to Odoo are signed with, or EDGE_HMAC_SECRET for both directions"));
    }
    if (odoo != null && plaintext != null) {
      faults.attempt(
          () ->
              PlaintextCalls.check(
                  "bridge.odoo.base-url (ODOO_BASE_URL)", odoo.baseUrl(), plaintext));
    }
    if (supabase != null && plaintext != null) {
      faults.attempt(
          () ->
              PlaintextCalls.check(
                  "bridge.supabase.url (SUPABASE_URL)", supabase.url(), plaintext));
    }
    TracingSettings tracing = bound(binder, "bridge.tracing", TracingSettings.class);
    if (tracing != null && plaintext != null && !tracing.headers().isBlank()) {
      faults.attempt(
          () -> PlaintextCalls.check(TracingSettings.ENDPOINT, tracing.endpoint(), plaintext));
    }
    RetentionSettings retention = bound(binder, "bridge.retention", RetentionSettings.class);
    ArchiveSettings archive = bound(binder, "bridge.archive", ArchiveSettings.class);
    if (retention != null
        && archive != null
        && plaintext != null
        && ArchivePlace.isBucket(retention.archiveTo())) {
      faults.attempt(
          () -> PlaintextCalls.check(ArchiveSettings.ENDPOINT, archive.endpoint(), plaintext));
    }
    KafkaSettings kafka = bound(binder, "bridge.kafka", KafkaSettings.class);
    if (kafka != null && plaintext != null) {
      String protocol =
          binder.bind("camel.component.kafka.security-protocol", String.class).orElse("PLAINTEXT");
      faults.attempt(
          () -> PlaintextCalls.checkBrokers(kafka.bootstrapServers(), protocol, plaintext));
    }
    String password = binder.bind("bridge.admin.password", String.class).orElse("");
    String viewer = binder.bind("bridge.admin.viewer-password", String.class).orElse("");
    SecretLengths.check(signature, supabase, odoo, password, viewer, faults);
  }

  private static void warnAboutNoKey(Binder binder) {
    SupabaseSettings supabase = bound(binder, "bridge.supabase", SupabaseSettings.class);
    if (supabase != null && !supabase.acceptsCallers()) {
      LOG.warn(
          "No service key is set (SUPABASE_SERVICE_ROLE_KEY): every action that is pushed and every"
              + " look-up is refused with 401");
    }
  }

  private static void database(
      ConfigurableListableBeanFactory beans, Binder binder, Faults faults) {
    DatabaseSettings database = bound(binder, "bridge.database", DatabaseSettings.class);
    PlaintextHosts plaintext = bound(binder, "bridge", PlaintextHosts.class);
    boolean used =
        beans.getBeanNamesForType(DatabaseAddress.class, true, false).length > 0
            && beans.getBeanNamesForType(EmbeddedPostgres.class, true, false).length == 0;
    if (used && database != null && plaintext != null) {
      faults.attempt(() -> DatabaseAddress.of(database, plaintext));
    }
  }

  /**
   * A section; null if it cannot be read, which is a fault that {@link SectionBinding} has found.
   */
  private static <T> @Nullable T bound(Binder binder, String prefix, Class<T> type) {
    try {
      return binder.bindOrCreate(prefix, type);
    } catch (BindException e) {
      return null;
    }
  }
}
