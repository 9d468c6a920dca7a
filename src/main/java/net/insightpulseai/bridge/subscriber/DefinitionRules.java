package net.insightpulseai.bridge.subscriber;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.Subscriber.Mode;
import org.jspecify.annotations.Nullable;

/** Checks a definition on its own; {@link Feasibility} checks the rest. */
final class DefinitionRules {

  private static final Pattern NAME = Pattern.compile("(?![0-9]+$)[a-z0-9][a-z0-9_.-]{0,62}");
  private static final Pattern TOPIC =
      Pattern.compile("([A-Za-z0-9_.:-]|\\{company}|\\{model}){1,100}");
  private static final Pattern KAFKA_TOPIC =
      Pattern.compile("([A-Za-z0-9_.-]|\\{company}|\\{model}){1,100}");
  private static final Set<Mode> KAFKA_MODES = Set.of(Mode.DELIVERIES, Mode.STREAM);
  private static final Set<String> SOURCES = Set.of("odoo", "supabase", "bridge");
  private static final int MOST_FIELDS = 200;
  private static final int LONGEST_FIELD = 200;
  private static final int FASTEST = 10_000;
  private static final int MOST_SLOTS = 128;

  private DefinitionRules() {}

  /**
   * @throws WrongDefinition names the first field that is wrong
   */
  static void check(Definition wanted) {
    if (wanted.name() == null || !NAME.matcher(wanted.name()).matches()) {
      throw new WrongDefinition(
          "name",
          "must be 1 to 63 of a-z, 0-9, dot, underscore and hyphen, must begin with a letter or"
              + " digit, and must not be a number");
    }
    if (wanted.kind() == null) {
      throw new WrongDefinition("kind", "must be one of webhook, realtime, odoo, kafka, pull");
    }
    boolean webhook = wanted.kind() == Kind.WEBHOOK;
    if (webhook && wanted.url() == null) {
      throw new WrongDefinition("url", "must be the address of the webhook");
    }
    only(webhook, "url", wanted.url(), "webhook");
    only(webhook, "signature", wanted.signature(), "webhook");
    only(webhook, "tls", wanted.tls(), "webhook");
    boolean kafka = wanted.kind() == Kind.KAFKA;
    boolean topics = kafka || wanted.kind() == Kind.REALTIME;
    only(topics, "mode", wanted.mode(), "realtime or kafka subscriber");
    only(topics, "topic", wanted.topic(), "realtime or kafka subscriber");
    if (wanted.kind() == Kind.ODOO && wanted.format() == Format.THIN) {
      throw new WrongDefinition("format", "must be full: Odoo has nowhere to fetch the rest from");
    }
    if (wanted.format() == Format.CLOUDEVENTS && !kafka) {
      throw new WrongDefinition("format", "must be full or thin: only kafka knows cloudevents");
    }
    if (wanted.eventTypes() != null) {
      EventTypes.check(wanted.eventTypes());
    }
    checkSources(wanted.sources());
    if (wanted.mode() != null && kafka != KAFKA_MODES.contains(wanted.mode())) {
      throw new WrongDefinition(
          "mode",
          kafka ? "must be deliveries or stream for kafka" : "must be rest, trigger or off");
    }
    checkTopic(wanted.topic(), kafka);
    if (wanted.filter() != null) {
      EventFilter.check(wanted.filter());
    }
    checkFields(wanted.fields());
    boolean sentTo = wanted.kind() != Kind.PULL;
    only(sentTo, "rate", wanted.rate(), "subscriber that events are sent to");
    only(sentTo, "slots", wanted.slots(), "subscriber that events are sent to");
    checkRange("company", wanted.company(), Long.MAX_VALUE);
    checkRange("rate", wanted.rate(), FASTEST);
    checkRange("slots", wanted.slots(), MOST_SLOTS);
  }

  private static void only(boolean applies, String field, @Nullable Object value, String kind) {
    if (!applies && value != null) {
      throw new WrongDefinition(field, "must be left out: only a " + kind + " has one");
    }
  }

  private static void checkTopic(@Nullable String topic, boolean kafka) {
    if (topic != null && !(kafka ? KAFKA_TOPIC : TOPIC).matcher(topic).matches()) {
      throw new WrongDefinition(
          "topic",
          "must be 1 to 100 of letters, digits and _ . "
              + (kafka ? "" : ": ")
              + "- and the placeholders {company} and {model}");
    }
  }

  private static void checkSources(@Nullable List<String> sources) {
    if (sources != null && (sources.isEmpty() || !SOURCES.containsAll(sources))) {
      throw new WrongDefinition(
          "sources",
          "must be a list of odoo, supabase, bridge; without it, events of all sources are sent");
    }
  }

  private static void checkFields(@Nullable List<String> fields) {
    if (fields != null
        && (fields.isEmpty()
            || fields.size() > MOST_FIELDS
            || fields.stream().anyMatch(name -> name.isEmpty() || name.length() > LONGEST_FIELD))) {
      throw new WrongDefinition(
          "fields",
          "must be 1 to %d names of fields of at most %d characters; without it, all are sent"
              .formatted(MOST_FIELDS, LONGEST_FIELD));
    }
  }

  private static void checkRange(String field, @Nullable Number value, long most) {
    if (value != null && (value.longValue() < 1 || value.longValue() > most)) {
      throw new WrongDefinition(
          field, "must be a whole number from 1" + (most == Long.MAX_VALUE ? "" : " to " + most));
    }
  }
}
