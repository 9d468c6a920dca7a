package net.insightpulseai.bridge.deadletter;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What of a failed row is kept, prepared by the route {@code dead-letter} as the variable {@code
 * deadLetter}; only the engine's ack writes it.
 *
 * @param payload the row's payload in UTF-8, or its cipher text
 * @param keyId the key it is encrypted with, or null if it is not
 */
public record DeadLetter(byte[] payload, @Nullable String keyId) {

  public static final String VARIABLE = "deadLetter";

  public static @Nullable DeadLetter of(Exchange exchange) {
    return exchange.getVariable(VARIABLE, DeadLetter.class);
  }

  public void setOn(Exchange exchange) {
    exchange.setVariable(VARIABLE, this);
  }
}
