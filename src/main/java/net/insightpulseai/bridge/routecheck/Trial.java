package net.insightpulseai.bridge.routecheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.outbox.IdleOutbox;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * A Camel context in which routes are built and never started. Each entry of a file is loaded by
 * itself, so that one that fails hides no other.
 */
final class Trial implements AutoCloseable {

  private final DefaultCamelContext camel;

  Trial(KnownBeans beans, Placeholders placeholders, Environment environment) {
    camel = new DefaultCamelContext(new DefaultRegistry(new Stubs(beans, new NotStarted())));
    camel.disableJMX();
    camel.setSourceLocationEnabled(true);
    camel.getCamelContextExtension().setName("routes-check");
    camel.getPropertiesComponent().addPropertiesSource(settings(environment));
    placeholders
        .functions()
        .forEach(
            one ->
                camel
                    .getPropertiesComponent()
                    .addPropertiesFunction(Placeholders.function(one.getKey(), one.getValue())));
    // Camel's own would call it.
    camel.getPropertiesComponent().addPropertiesFunction(Placeholders.function("bean", Map.of()));
    PlatformHttpComponent http = new PlatformHttpComponent();
    http.setEngine(new IdleHttp());
    camel.addComponent("platform-http", http);
    camel.addComponent("outbox", new IdleOutbox());
    camel.addComponent("direct", new DirectComponent());
    SqlComponent sql = new SqlComponent();
    sql.setDataSource((DataSource) Stubs.of(DataSource.class));
    camel.addComponent("sql", sql);
    KafkaComponent kafka = new KafkaComponent();
    // Building a step would connect to the brokers otherwise.
    kafka.setLazyStartProducer(true);
    camel.addComponent("kafka", kafka);
    camel.build();
  }

  private static PropertiesSource settings(Environment environment) {
    return new PropertiesSource() {
      @Override
      public String getName() {
        return "settings";
      }

      @Override
      public @Nullable String getProperty(String name) {
        return environment.getProperty(name);
      }

      @Override
      public String getProperty(String name, String otherwise) {
        return environment.getProperty(name, otherwise);
      }
    };
  }

  CamelContext camel() {
    return camel;
  }

  /** Puts values for placeholders; a text that cannot be resolved stays as it is. */
  String resolved(String text) {
    try {
      return text.contains("{{") ? camel.resolvePropertyPlaceholders(text) : text;
    } catch (IllegalArgumentException e) {
      // What cannot be resolved has a finding of its own.
      return text;
    }
  }

  /**
   * @param line where, as far as Camel knows; 0 if it does not
   */
  record Failure(int line, String reason) {}

  /** Builds one entry; null if it can be built, else why it cannot. */
  @Nullable Failure load(Entry entry) {
    // What is above keeps its lines, so that Camel counts as the file does.
    String text = "\n".repeat(entry.firstLine() - 1) + source(entry);
    Resource resource = ResourceHelper.fromString(entry.file().name().replaceAll(".*/", ""), text);
    try {
      // Not earlier: what components say of their options needs no context that runs.
      camel.start();
      PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
      return null;
    } catch (Exception e) {
      return new Failure(line(e), reason(e));
    }
  }

  private static String source(Entry entry) {
    String[] lines = entry.file().text().split("\\R", -1);
    int from = entry.firstLine() - 1;
    int to = Math.min(entry.lastLine(), lines.length);
    return String.join("\n", Arrays.copyOfRange(lines, from, to)) + "\n";
  }

  private static int line(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FailedToCreateRouteException route && route.getLocation() != null) {
        String line = route.getLocation().replaceFirst(".*:", "");
        return line.matches("\\d+") ? Integer.parseInt(line) : 0;
      }
    }
    return 0;
  }

  private static String reason(Throwable failure) {
    return RootCause.of(failure) instanceof ClassNotFoundException unknown
        ? "unknown class " + unknown.getMessage()
        : RootCause.line(failure);
  }

  @Override
  public void close() {
    try {
      camel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Builds every route, whatever its precondition says, and starts none. */
  private static final class NotStarted implements RouteBuilderLifecycleStrategy {

    @Override
    public void afterConfigure(RouteBuilder builder) {
      for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
        route.setAutoStartup("false");
        route.setPrecondition(null);
      }
    }
  }
}
