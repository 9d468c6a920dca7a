package net.insightpulseai.bridge.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.config.StartRefused;
import org.apache.commons.logging.Log;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Settles before anything else what demo mode is: keys of its own, a database of its own and the
 * simulated Odoo, whatever the environment says. A demo that is started in a shell with the real
 * addresses must reach nothing real.
 */
public final class DemoEnvironment implements EnvironmentPostProcessor, Ordered {

  static final String PROFILE = "demo";
  static final String FOLDER = "bridge.demo.folder";

  private static final String SIMULATED = "bridge.odoo.simulated";

  /** Addresses of real systems, and keys that real callers hold. */
  private static final List<String> EMPTY =
      List.of(
          "bridge.database.url",
          "bridge.database.ssl-root-cert",
          "bridge.odoo.base-url",
          "bridge.odoo.database",
          "bridge.signature.inbound-secrets",
          "bridge.signature.outbound-secret",
          "bridge.supabase.secret-keys",
          "bridge.supabase.jwt-secret",
          "bridge.supabase.jwks",
          "bridge.supabase.webhook-secret");

  /** The rest of what is the demo's own. */
  private static final String SETTINGS = "demo/settings.yaml";

  /** The demo's own, also where application.yaml holds a value itself. */
  private static final Map<String, String> OWN =
      Map.of(
          "bridge.signature.secret", "${EDGE_HMAC_SECRET}",
          "bridge.supabase.service-role-key", "${SUPABASE_SERVICE_ROLE_KEY}",
          "bridge.odoo.api-token", "${ODOO_API_TOKEN}",
          "bridge.encryption-key", "${BRIDGE_ENCRYPTION_KEY}",
          "bridge.admin.user", "${BRIDGE_ADMIN_USER}",
          "bridge.admin.password", "${BRIDGE_ADMIN_PASSWORD}");

  private static final List<String> TOLD =
      List.of(
          "SUPABASE_DB_URL",
          "ODOO_BASE_URL",
          "SUPABASE_URL",
          "SUPABASE_SECRET_KEYS",
          "SUPABASE_JWKS",
          "JWT_SECRET",
          "SUPABASE_WEBHOOK_SECRET");

  private final Log log;

  public DemoEnvironment(DeferredLogFactory logs) {
    this.log = logs.getLog(DemoEnvironment.class);
  }

  /** After the settings were read, which say whether this is the demo. */
  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1;
  }

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication app) {
    if (environment.acceptsProfiles(Profiles.of(PROFILE))) {
      warnOfWhatIsIgnored(environment);
      settings().forEach(source -> environment.getPropertySources().addFirst(source));
      environment.getPropertySources().addFirst(new MapPropertySource("demo", fixed(environment)));
      // A default only: a container has to listen on more than loopback.
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("demo defaults", Map.of("BRIDGE_ADDRESS", "127.0.0.1")));
    }
  }

  private static Map<String, Object> fixed(ConfigurableEnvironment environment) {
    Map<String, Object> fixed = new HashMap<>();
    EMPTY.forEach(key -> fixed.put(key, ""));
    fixed.putAll(OWN);
    fixed.put("bridge.supabase.verify-jwt", "false");
    fixed.put(SIMULATED, "true");
    if (environment.getProperty("server.port", "").equals("0")) {
      fixed.put("server.port", freePort());
    }
    Path folder = Path.of(environment.getProperty(FOLDER, "data"));
    try {
      fixed.putAll(DemoCredentials.in(folder).values());
    } catch (IOException e) {
      throw new StartRefused(
          FOLDER, folder + ", where nothing can be written (" + e.getMessage() + ")", "a folder");
    }
    return fixed;
  }

  private static List<PropertySource<?>> settings() {
    try {
      return new YamlPropertySourceLoader().load(SETTINGS, new ClassPathResource(SETTINGS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Chosen before the server does, because the demo's subscribers are told where they are. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void warnOfWhatIsIgnored(ConfigurableEnvironment environment) {
    for (String name : TOLD) {
      if (!environment.getProperty(name, "").isBlank()) {
        log.warn(name + " is set, but demo mode uses nothing real; for the real thing run the jar");
      }
    }
  }
}
