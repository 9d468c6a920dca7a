package net.insightpulseai.bridge.bench;

import static net.insightpulseai.bridge.bench.MeasureName.REPLICAS;

import java.util.Collections;
import java.util.List;

/**
 * The same work by one bridge and by several on one database. They share the machine's processors,
 * so what something costs says more here than how fast it goes.
 */
final class ReplicasMeasure {

  private static final int WEBHOOKS = 300;

  private final Rig rig;
  private final Scale scale;
  private final Runs runs;

  ReplicasMeasure(Rig rig, Runs runs) {
    this.rig = rig;
    this.scale = rig.scale();
    this.runs = runs;
  }

  void run() {
    int running = 1;
    for (int replicas : scale.quick() ? List.of(1, 2) : List.of(1, 2, 4)) {
      rig.progress().phase("replicas: %d".formatted(replicas));
      for (; running < replicas; running++) {
        rig.startReplica();
      }
      if (replicas > 1) {
        runs.warmUp();
      }
      measure(replicas == 1 ? "1 replica" : replicas + " replicas", replicas);
    }
    rig.clear();
    rig.endReplicas();
  }

  private void measure(String by, int replicas) {
    for (int round = 1; round <= scale.rounds(); round++) {
      rig.clear();
      add(runs.meteredIngest(), "events, " + by, "an event, " + by);
      actions(by, replicas);
      rig.rows().queueHot(scale.hot());
      rig.figures()
          .add(
              REPLICAS,
              "actions beside the queue of one record, " + by,
              Unit.PER_SECOND,
              runs.otherActions(scale.queued() / 2));
      rig.clear();
      // To all of them goes each event.
      rig.addWebhooks(Sink.HOOK, WEBHOOKS);
      add(
          runs.deliveries(Math.max(1, scale.queued() / WEBHOOKS), WEBHOOKS),
          "deliveries to %d webhooks, %s".formatted(WEBHOOKS, by),
          "a delivery to one of %d webhooks, %s".formatted(WEBHOOKS, by));
      rig.clear();
    }
  }

  private void actions(String by, int replicas) {
    add(runs.actions(scale.queued(), true), "actions, " + by, "an action, " + by);
    if (replicas > 1) {
      List<Long> calls = rig.sink().arrivedByToken();
      long least = calls.size() < replicas ? 0 : Collections.min(calls);
      rig.figures()
          .add(
              REPLICAS,
              "least actions of a replica / their mean, " + by,
              Unit.RATIO,
              (double) least * replicas / scale.queued());
    }
  }

  private void add(Run run, String rate, String cost) {
    run.addRate(rig.figures(), REPLICAS, rate);
    run.addCosts(rig.figures(), REPLICAS, cost);
  }
}
