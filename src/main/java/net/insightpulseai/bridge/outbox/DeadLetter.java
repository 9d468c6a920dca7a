package net.insightpulseai.bridge.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a failed row. The route {@code dead-letter} prepares it as the variable {@code
 * deadLetter}; only the engine's ack writes it.
 *
 * @param payload the row's payload in UTF-8, or its cipher text; null if it could not be encrypted
 * @param keyId the key it is encrypted with, or null if it is not
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record DeadLetter(byte @Nullable [] payload, @Nullable String keyId) {

  /** The payload as it is. */
  public static DeadLetter plain(String payload) {
    return new DeadLetter(payload.getBytes(UTF_8), null);
  }

  public static @Nullable DeadLetter of(Exchange exchange) {
    return exchange.getVariable(RouteVariables.DEAD_LETTER, DeadLetter.class);
  }

  public void setOn(Exchange exchange) {
    exchange.setVariable(RouteVariables.DEAD_LETTER, this);
  }
}
