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
 * Sets up demo mode before anything else starts: its own keys, its own database and the simulated
 * Odoo, regardless of the environment. A demo that is started in a shell with the addresses of real
 * systems must not reach them.
 */
public final class DemoEnvironment implements EnvironmentPostProcessor, Ordered {

  static final String PROFILE = "demo";
  static final String FOLDER = "bridge.demo.folder";

  private static final String SIMULATED = "bridge.odoo.simulated";

  /** Addresses and keys of real systems, which are emptied. */
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

  /** Further settings of the demo. */
  private static final String SETTINGS = "demo/settings.yaml";

  /** Settings that take the demo's values even if application.yaml sets them. */
  private static final Map<String, String> OWN =
      Map.of(
          "bridge.signature.secret", "${EDGE_HMAC_SECRET}",
          "bridge.supabase.service-role-key", "${SUPABASE_SERVICE_ROLE_KEY}",
          "bridge.odoo.api-token", "${ODOO_API_TOKEN}",
          "bridge.encryption-key", "${BRIDGE_ENCRYPTION_KEY}",
          "bridge.admin.user", "${BRIDGE_ADMIN_USER}",
          "bridge.admin.password", "${BRIDGE_ADMIN_PASSWORD}",
          "bridge.admin.viewer-password", "${BRIDGE_VIEWER_PASSWORD}");

  private static final List<String> REPORTED =
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

  /** Runs after the settings were read, which contain the profile. */
  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER + 1;
  }

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication app) {
    if (environment.acceptsProfiles(Profiles.of(PROFILE))) {
      warnAboutIgnoredSettings(environment);
      settings().forEach(source -> environment.getPropertySources().addFirst(source));
      environment.getPropertySources().addFirst(new MapPropertySource("demo", fixed(environment)));
      // Only a default, because in a container it must listen on more than loopback.
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
          FOLDER,
          folder + ", which cannot be written (" + e.getMessage() + ")",
          "a writable folder");
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

  /**
   * The port is chosen here, before the server starts, because the settings of the subscribers
   * contain it.
   */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void warnAboutIgnoredSettings(ConfigurableEnvironment environment) {
    for (String name : REPORTED) {
      if (!environment.getProperty(name, "").isBlank()) {
        log.warn(
            name + " is ignored, because demo mode uses no real systems; run the jar to use them");
      }
    }
  }
}
