package net.insightpulseai.bridge.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;

/** Follows a replay until everything that it queued has ended. */
final class WatchReplay {

  private final BridgeClient bridge;
  private final Console console;
  private final boolean json;

  WatchReplay(BridgeClient bridge, Console console, boolean json) {
    this.bridge = bridge;
    this.console = console;
    this.json = json;
  }

  /**
   * Shows its progress until it ends.
   *
   * @return the exit code: 0 if all was delivered, 1 if some finally failed, or it was paused or
   *     cancelled
   */
  int follow(long id) throws CallFailed, WrongArguments {
    ProgressBar bar = new ProgressBar(console.out(), console.terminalWidth());
    String before = "";
    while (true) {
      JsonNode replay = bridge.getJson("/bridge/replays/" + id);
      if (json && !replay.toString().equals(before)) {
        before = replay.toString();
        console.out().println(before);
      } else if (!json) {
        show(bar, replay);
      }
      String status = replay.path("status").asText();
      boolean queuing = status.equals("running");
      if (status.equals("paused") || (!queuing && replay.path("open").asLong() == 0)) {
        bar.end();
        return summary(replay);
      }
      rest();
    }
  }

  private static void show(ProgressBar bar, JsonNode replay) {
    long ended =
        replay.path("delivered").asLong()
            + replay.path("dead").asLong()
            + replay.path("cancelled").asLong();
    boolean queued = !replay.path("status").asText().equals("running");
    long deliveries = replay.path("deliveries").asLong();
    // Until everything is queued, how much there will be is known of the events alone.
    long events = replay.path("events").asLong();
    long all =
        queued || events == 0
            ? deliveries
            : Math.max(deliveries, deliveries * replay.path("total").asLong() / events);
    String remark =
        replay.path("held_back").asBoolean()
            ? "waits until more is delivered"
            : queued ? "" : replay.path("rate").asLong() + " events/s at most";
    bar.show(ended, Math.max(all, queued ? 0 : 1), remark);
  }

  private int summary(JsonNode replay) {
    String status = replay.path("status").asText();
    long dead = replay.path("dead").asLong();
    if (!json) {
      console
          .out()
          .printf(
              "replay %d is %s: %d delivered, %d finally failed, %d cancelled%n",
              replay.path("id").asLong(),
              status,
              replay.path("delivered").asLong(),
              dead,
              replay.path("cancelled").asLong());
    }
    if (!replay.path("changed_why").isNull() && !status.equals("done")) {
      console
          .errors()
          .printf(
              "%s by %s: %s%n",
              status,
              Cell.printable(replay.path("changed_by").asText()),
              Cell.printable(replay.path("changed_why").asText()));
    }
    return status.equals("done") && dead == 0 ? 0 : 1;
  }

  private static void rest() throws CallFailed {
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailed("interrupted; the replay goes on");
    }
  }
}
