package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** Subscribers, in Hawtio under {@code bridge:type=Subscribers}. */
@Component
@ManagedResource(
    objectName = "bridge:type=Subscribers",
    description = "The webhook subscriptions, Realtime, and Odoo as one that gets events")
public class SubscriberControl {

  private static final String SUBSCRIBERS = "/bridge/subscribers";

  private final Api api;

  SubscriberControl(Api api) {
    this.api = api;
  }

  @ManagedOperation(description = "All subscribers with their state and backlog")
  public String showAll() {
    return api.show(SUBSCRIBERS);
  }

  @ManagedOperation(description = "One subscriber")
  @ManagedOperationParameter(name = "subscriber", description = "its id or its name")
  public String showOne(String subscriber) {
    return api.show(path(subscriber, ""));
  }

  @ManagedOperation(
      description = "Subscribe a webhook; the answer has its secret, which is not shown again")
  @ManagedOperationParameter(name = "name", description = "a name of your choice")
  @ManagedOperationParameter(name = "url", description = "where events are sent, with https://")
  @ManagedOperationParameter(
      name = "eventTypes",
      description = "such as res.partner.*,sale.order.confirmed; empty for all")
  public String createWebhook(String name, String url, @Nullable String eventTypes) {
    ObjectNode body = Api.by(null).put("name", name).put("kind", "webhook").put("url", url);
    if (eventTypes != null && !eventTypes.isBlank()) {
      Arrays.stream(eventTypes.split(","))
          .map(String::strip)
          .forEach(body.putArray("event_types")::add);
    }
    return api.act(SUBSCRIBERS, body);
  }

  @ManagedOperation(description = "Send a signed bridge.ping now, and show the answer")
  @ManagedOperationParameter(name = "subscriber", description = "its id or its name")
  public String test(String subscriber) {
    return api.act(path(subscriber, "/test"), JsonNodeFactory.instance.objectNode());
  }

  @ManagedOperation(description = "Stop sending to it; what is queued waits")
  @ManagedOperationParameter(name = "subscriber", description = "its id or its name")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String pause(String subscriber, @Nullable String who, @Nullable String why) {
    return api.act(path(subscriber, "/pause"), Api.record(who, why));
  }

  @ManagedOperation(description = "Send to it again")
  @ManagedOperationParameter(name = "subscriber", description = "its id or its name")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String resume(String subscriber, @Nullable String who, @Nullable String why) {
    return api.act(path(subscriber, "/resume"), Api.record(who, why));
  }

  @ManagedOperation(
      description = "Give it a new secret, shown once; both secrets sign until the overlap ends")
  @ManagedOperationParameter(name = "subscriber", description = "its id or its name")
  @ManagedOperationParameter(
      name = "overlap",
      description = "how long the old secret stays valid, such as PT24H")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String rotateSecret(
      String subscriber, @Nullable String overlap, @Nullable String who, @Nullable String why) {
    ObjectNode body = Api.record(who, why);
    Api.put(body, "overlap", overlap);
    return api.act(path(subscriber, "/rotate-secret"), body);
  }

  private static String path(String subscriber, String verb) {
    return SUBSCRIBERS + "/" + Api.part(subscriber) + verb;
  }
}
