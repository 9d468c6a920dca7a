package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Runs once demo mode is ready: sends two signed events and one action through the public HTTP
 * port, then prints the timeline of each and what to try next.
 */
@Component
@Profile(DemoEnvironment.PROFILE)
class DemoTour {

  private static final Logger LOG = LoggerFactory.getLogger(DemoTour.class);

  /** The event from Odoo goes to crm and dashboard, the other one to odoo and dashboard. */
  private static final int DELIVERIES = 4;

  private final Environment environment;
  private final EmbeddedPostgres postgres;
  private final DeliveriesMade deliveries;

  DemoTour(Environment environment, EmbeddedPostgres postgres, DeliveriesMade deliveries) {
    this.environment = environment;
    this.postgres = postgres;
    this.deliveries = deliveries;
  }

  @EventListener(ApplicationReadyEvent.class)
  void show() {
    try {
      DemoCredentials credentials = credentials();
      DemoClient client = new DemoClient(credentials);
      String event = client.sendEvent();
      String elsewhere = client.sendEventFromElsewhere();
      String action = client.pushAction();
      deliveries.await(DELIVERIES);
      String text =
          new ClassPathResource("demo/tour.txt")
              .getContentAsString(UTF_8)
              .replace("{event}", Timeline.of(client.trace(event)))
              .replace("{elsewhere}", Timeline.of(client.trace(elsewhere)))
              .replace("{action}", Timeline.of(client.trace(action)))
              .replace("{trace}", action)
              .replace("{url}", credentials.get("BRIDGE_URL"))
              .replace("{management}", credentials.get("BRIDGE_MANAGEMENT_URL"))
              .replace("{env}", credentials.toString())
              .replace("{folder}", folder().toString());
      System.out.println(text);
    } catch (IOException e) {
      LOG.warn("The demo runs, but its first events and its first action failed: {}", message(e));
    }
  }

  /** The credentials, with the addresses of this start. */
  private DemoCredentials credentials() throws IOException {
    return DemoCredentials.in(folder())
        .with(
            Map.of(
                "BRIDGE_URL", "http://127.0.0.1:" + environment.getProperty("local.server.port"),
                "BRIDGE_MANAGEMENT_URL",
                    "http://127.0.0.1:" + environment.getProperty("local.management.port"),
                "DEMO_DB_URL",
                    "postgresql://%s:%s@127.0.0.1:%d/postgres"
                        .formatted(postgres.username(), postgres.password(), postgres.port())));
  }

  private Path folder() {
    return Path.of(environment.getProperty(DemoEnvironment.FOLDER, "data"));
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
