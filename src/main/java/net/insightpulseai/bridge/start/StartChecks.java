package net.insightpulseai.bridge.start;

import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.encryption.EncryptionSettings;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Checks that involve several sections of the settings. They run before any connection is made. */
@Component
final class StartChecks implements BeanFactoryPostProcessor, EnvironmentAware {

  private static final int LAST_PORT = 65_535;

  private @Nullable Environment environment;

  @Override
  public void setEnvironment(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    if (environment != null) {
      check(environment);
    }
  }

  static void check(Environment environment) {
    Binder binder = Binder.get(environment);
    SignatureSettings signature = binder.bindOrCreate("bridge.signature", SignatureSettings.class);
    binder.bindOrCreate("bridge", EncryptionSettings.class);
    OdooSettings odoo = binder.bindOrCreate("bridge.odoo", OdooSettings.class);
    if (signature.inboundSecrets().isEmpty()) {
      throw new StartRefused(
          "bridge.signature.secret (EDGE_HMAC_SECRET)",
          "nothing",
          "the secret that Odoo signs its events with, its system parameter ip.hmac.secret");
    }
    if (odoo.configured() && signature.outboundSecret().isEmpty()) {
      throw new StartRefused(
          "bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET)",
          "nothing",
          "the secret that calls to Odoo are signed with, or EDGE_HMAC_SECRET for both directions");
    }
    SecretLengths.check(
        signature,
        binder.bindOrCreate("bridge.supabase", SupabaseSettings.class),
        odoo,
        binder.bind("bridge.admin.password", String.class).orElse(""));
    int port = port(binder, "server.port", 0, 8080);
    // For Spring, -1 means no management port.
    int management = port(binder, "management.server.port", -1, port);
    if (port == management && port > 0) {
      throw new StartRefused(
          "management.server.port",
          management + ", the same as server.port",
          "another port, because it must not be public");
    }
  }

  private static int port(Binder binder, String key, int least, int unset) {
    int port = binder.bind(key, Integer.class).orElse(unset);
    if (port < least || port > LAST_PORT) {
      throw new StartRefused(
          key, String.valueOf(port), "a number from %d to %d".formatted(least, LAST_PORT));
    }
    return port;
  }
}
