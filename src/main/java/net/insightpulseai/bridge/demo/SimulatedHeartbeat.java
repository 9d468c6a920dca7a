package net.insightpulseai.bridge.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.insightpulseai.bridge.console.OwnCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Answers the heartbeat with a signed event, as the module's dispatcher does after the commit. */
@Component
class SimulatedHeartbeat implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(SimulatedHeartbeat.class);

  private final OwnCalls bridge;
  private final ExecutorService dispatcher =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "simulated-odoo");
            thread.setDaemon(true);
            return thread;
          });

  SimulatedHeartbeat(OwnCalls bridge) {
    this.bridge = bridge;
  }

  /** Sends the event later, if the action is a heartbeat. */
  void answer(JsonNode action) {
    JsonNode asked = action.at("/args/heartbeat");
    if (action.path("action").asText().equals("bridge.ping")
        && asked.isBoolean()
        && asked.booleanValue()) {
      ObjectNode event =
          JsonNodeFactory.instance
              .objectNode()
              .put("event_type", "bridge.heartbeat")
              .put("event_id", UUID.randomUUID().toString());
      event.set("correlation_id", action.get("correlation_id"));
      event.putObject("payload");
      dispatcher.execute(() -> send(event));
    }
  }

  private void send(ObjectNode event) {
    try {
      OwnCalls.Answer answer =
          bridge.call("POST", OwnCalls.INGEST, event.toString().getBytes(UTF_8));
      if (answer.status() != 200) {
        LOG.warn("The simulated Odoo's heartbeat is answered {}", answer.status());
      }
    } catch (IOException e) {
      LOG.warn("The simulated Odoo cannot send its heartbeat: {}", e.getMessage());
    }
  }

  @Override
  public void destroy() {
    dispatcher.shutdownNow();
  }
}
