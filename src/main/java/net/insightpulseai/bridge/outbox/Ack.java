package net.insightpulseai.bridge.outbox;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one claimed row, on its way to the database.
 *
 * @param row what was claimed
 * @param outcome what became of it
 * @param duration how long the attempt took
 * @param started false: the row was never sent, and goes back as if it had not been claimed
 */
record Ack(ClaimedRow row, Outcome outcome, Duration duration, boolean started) {

  private static final int LONGEST_ANSWER = 65_536;

  static Ack notStarted(ClaimedRow row) {
    Outcome released = Outcome.giveBack("released", "not started", Duration.ZERO);
    return new Ack(row, released, Duration.ZERO, false);
  }

  /** The same, without what the row carried unless its dead letter is still to be made of it. */
  Ack withoutPayload() {
    return outcome instanceof Dead dead && dead.letter() == null
        ? this
        : new Ack(row.with(ClaimedRow.NOT_FETCHED), outcome, duration, started);
  }

  /** About how much of what somebody else wrote is written with it. */
  int characters() {
    Response response = outcome.response();
    String body = response == null ? null : response.body();
    int answer = body == null ? 0 : Math.min(body.length(), LONGEST_ANSWER);
    if (!(outcome instanceof Dead dead)) {
      return answer;
    }
    DeadLetter letter = dead.letter();
    byte[] kept = letter == null ? null : letter.payload();
    return answer + (kept == null ? row.payload().length() : kept.length);
  }

  /** Whether this is the row's end: done or dead. */
  boolean ended() {
    return started && (outcome.kind() == Outcome.Kind.DONE || outcome.isDead());
  }

  /**
   * The parameters of {@code sql/queue/ack.sql}, one JSON object.
   *
   * @param deadLetters makes the dead letter of a row that died without its route
   */
  Map<String, @Nullable Object> parameters(DeadLetterFactory deadLetters) {
    Response response = outcome.response();
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", row.id());
    map.put("token", row.token());
    map.put("kind", kind());
    map.put("reason", outcome.reason());
    map.put("failure", outcome instanceof Dead dead ? dead.lastReason() : null);
    map.put("error", storable(outcome.error(), 4_000));
    map.put("delay_s", outcome.delay().toMillis() / 1000d);
    map.put("response_status", response == null ? null : response.status());
    map.put("response_body", response == null ? null : storable(response.body(), LONGEST_ANSWER));
    map.put("duration_ms", duration.toMillis());
    if (outcome instanceof Dead dead) {
      DeadLetter kept = dead.letter() == null ? deadLetters.create(row) : dead.letter();
      byte[] payload = kept.payload();
      map.put("payload", payload == null ? null : Base64.getEncoder().encodeToString(payload));
      map.put("key_id", kept.keyId());
    }
    return map;
  }

  /** The parameters of {@code sql/queue/ack_bare.sql}: nothing that somebody else wrote. */
  Map<String, @Nullable Object> bareParameters() {
    Response response = outcome.response();
    Map<String, @Nullable Object> map = new HashMap<>();
    map.put("id", row.id());
    map.put("token", row.token());
    map.put("kind", kind());
    map.put("reason", outcome.reason());
    map.put("error", outcome.reason() + "; the database refused to keep more of it");
    map.put("delay", outcome.delay().toMillis() / 1000d);
    map.put("response_status", response == null ? null : response.status());
    return map;
  }

  private String kind() {
    return started ? outcome.kind().name() : "RELEASE";
  }

  /** PostgreSQL stores every text but one with U+0000 or half a surrogate pair. */
  private static @Nullable String storable(@Nullable String text, int limit) {
    if (text == null) {
      return null;
    }
    StringBuilder kept = new StringBuilder(Math.min(text.length(), limit));
    text.codePoints()
        .limit(limit)
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
