package net.insightpulseai.bridge.client;

import java.util.List;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The settings of the bridge that a client needs; each is checked when it is used.
 *
 * @param url where the bridge is, without a slash at its end
 * @param supabase with the service key
 * @param signature with the secrets that callers sign with
 * @param ownKey the secret of a pull subscriber; empty if there is none
 */
record ClientSettings(
    String url, SupabaseSettings supabase, SignatureSettings signature, String ownKey) {

  /**
   * Reads application.yaml, the environment and these arguments, as the bridge does. Without an
   * application context, which would take longer than everything else that a command does.
   */
  static ClientSettings read(List<String> arguments) {
    ConfigurableEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    ConfigurationPropertySources.attach(environment);
    Binder binder = Binder.get(environment);
    String url =
        environment.getProperty(
            "BRIDGE_URL", "http://127.0.0.1:" + environment.getProperty("server.port", "8787"));
    return new ClientSettings(
        url.replaceFirst("/+$", ""),
        binder.bindOrCreate("bridge.supabase", SupabaseSettings.class),
        binder.bindOrCreate("bridge.signature", SignatureSettings.class),
        environment.getProperty("BRIDGE_PULL_KEY", ""));
  }

  /** The key for the header {@code apikey}. */
  String serviceKey() throws CallFailed {
    if (supabase.ownKey().isBlank()) {
      throw new CallFailed(
          "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY) is empty; expected the"
              + " project's service role key, as the bridge has it");
    }
    return supabase.ownKey();
  }

  /** The key to fetch the events of a pull subscriber with: its own, or the service key. */
  String pullKey() throws CallFailed {
    return ownKey.isBlank() ? serviceKey() : ownKey;
  }

  /** The secret that signs a request as Odoo does. */
  String signingSecret() throws CallFailed {
    if (signature.inboundSecrets().isEmpty()) {
      throw new CallFailed(
          "bridge.signature.inbound-secrets (EDGE_HMAC_SECRET) is empty; expected the secret that"
              + " Odoo signs with");
    }
    return signature.inboundSecrets().get(0);
  }
}
