package net.insightpulseai.bridge.incident;

import java.time.Instant;

/**
 * Something that needs a person, as it is now. It becomes an incident if it lasts.
 *
 * @param subject what it is about: odoo, subscriber: and an id, database, or routes; with the kind
 *     it names the incident
 * @param name the subject's name for people
 * @param found what was found
 * @param remedy what to do about it
 * @param since when it began, as far as that is known
 * @param meant whether a person wants it so, who may only forget it
 */
public record Condition(
    IncidentKind kind,
    String subject,
    String name,
    String found,
    String remedy,
    Instant since,
    boolean meant) {

  /** A condition with the remedy of its kind. */
  public static Condition of(
      IncidentKind kind, String subject, String name, String found, Instant since) {
    return new Condition(
        kind, subject, name, found, kind.remedy().replace("{target}", subject), since, false);
  }

  /** The same, as a person wants it. */
  Condition asMeant() {
    return new Condition(kind, subject, name, found, remedy, since, true);
  }

  /** The page of Hawtio's tab that shows it, with its query. */
  String page() {
    return kind == IncidentKind.DEAD_LETTERS ? kind.page() + "?target=" + subject : kind.page();
  }
}
