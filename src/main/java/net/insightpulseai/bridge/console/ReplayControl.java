package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** Replays, in Hawtio under {@code bridge:type=Replay}. */
@Component
@ManagedResource(
    objectName = "bridge:type=Replay",
    description = "Delivers stored events again: count, start, follow, pause, cancel")
public class ReplayControl {

  private static final String REPLAYS = "/bridge/replays";

  private final Api api;
  private final Clock clock;

  ReplayControl(Api api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  @ManagedOperation(description = "The last twenty replays with their progress")
  public String showAll() {
    return api.show(REPLAYS + "?limit=20");
  }

  @ManagedOperation(description = "One replay and its progress")
  @ManagedOperationParameter(name = "id", description = "the replay's id")
  public String showOne(long id) {
    return api.show(REPLAYS + "/" + id);
  }

  @ManagedOperation(description = "Count what a replay would send; it sends nothing")
  @ManagedOperationParameter(name = "record", description = "such as res.partner:42; or empty")
  @ManagedOperationParameter(name = "since", description = "such as 2026-01-31T00:00:00Z; or empty")
  @ManagedOperationParameter(name = "until", description = "together with since")
  @ManagedOperationParameter(name = "subscriber", description = "id or name; empty for all")
  public String count(
      @Nullable String record,
      @Nullable String since,
      @Nullable String until,
      @Nullable String subscriber) {
    return replay(selection(record, since, until, subscriber).put("dry_run", true));
  }

  @ManagedOperation(description = "Start a replay; count it first")
  @ManagedOperationParameter(name = "record", description = "such as res.partner:42; or empty")
  @ManagedOperationParameter(name = "since", description = "such as 2026-01-31T00:00:00Z; or empty")
  @ManagedOperationParameter(name = "until", description = "together with since")
  @ManagedOperationParameter(name = "subscriber", description = "id or name; empty for all")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String start(
      @Nullable String record,
      @Nullable String since,
      @Nullable String until,
      @Nullable String subscriber,
      @Nullable String who,
      @Nullable String why) {
    return replay(
        selection(record, since, until, subscriber)
            .put("dry_run", false)
            .setAll(Api.record(who, why)));
  }

  @ManagedOperation(description = "Pause a replay; what it has queued is still sent")
  @ManagedOperationParameter(name = "id", description = "the replay's id")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String pause(long id, @Nullable String who, @Nullable String why) {
    return change(id, "pause", who, why);
  }

  @ManagedOperation(description = "Resume a paused replay where it stopped")
  @ManagedOperationParameter(name = "id", description = "the replay's id")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String resume(long id, @Nullable String who, @Nullable String why) {
    return change(id, "resume", who, why);
  }

  @ManagedOperation(description = "End a replay, and take what it has queued out of the queue")
  @ManagedOperationParameter(name = "id", description = "the replay's id")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String cancel(long id, @Nullable String who, @Nullable String why) {
    return change(id, "cancel", who, why);
  }

  private String replay(ObjectNode body) {
    return api.act(
        "/bridge/replay",
        body.put("audience", "bridge.replay").put("timestamp", clock.instant().getEpochSecond()));
  }

  private String change(long id, String verb, @Nullable String who, @Nullable String why) {
    return api.act(REPLAYS + "/" + id + "/" + verb, Api.record(who, why));
  }

  private static ObjectNode selection(
      @Nullable String record,
      @Nullable String since,
      @Nullable String until,
      @Nullable String subscriber) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    Api.put(body, "record", record);
    Api.put(body, "since", since);
    Api.put(body, "until", until);
    Api.put(body, "subscriber", subscriber);
    return body;
  }
}
