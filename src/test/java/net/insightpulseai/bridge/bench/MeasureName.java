package net.insightpulseai.bridge.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be measured, in the order in which it is. */
enum MeasureName {
  COLD("the first seconds after the start"),
  INGEST("ingest, warm, beside bare commits"),
  PACE("ingest at half the top rate"),
  SUBSCRIBERS("ingest with three subscribers"),
  DRAIN("actions to Odoo"),
  FANOUT("deliveries to a webhook"),
  LATENCY("from a commit to its request at Odoo"),
  HOT("one record with a long queue, beside others"),
  SLOW("one subscriber that hardly answers, beside others"),
  GROWTH("the same with many finished rows"),
  DROP("ingest while a partition of old events is dropped"),
  STREAM("events to Kafka, as a stream beside ingest and as deliveries"),
  REPLICAS("several replicas on one database");

  private final String text;

  MeasureName(String text) {
    this.text = text;
  }

  /** As {@code BENCH_ONLY} has it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String text() {
    return text;
  }

  /** Reads {@code BENCH_ONLY}; an empty one is all. */
  static Set<MeasureName> read(String names) {
    EnumSet<MeasureName> chosen = EnumSet.noneOf(MeasureName.class);
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        chosen.add(one(name.strip()));
      }
    }
    return chosen.isEmpty() ? EnumSet.allOf(MeasureName.class) : chosen;
  }

  private static MeasureName one(String name) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BenchFailure(
                    "BENCH_ONLY: found '%s', expected some of %s, comma separated"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(MeasureName::key)
                                .collect(Collectors.joining(",")))));
  }
}
