package net.insightpulseai.bridge.cursor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a position.
 *
 * @param events how many events, whoever they are for; {@link #MOST} stands for that many or more
 * @param oldest when the first of them was stored, by the database's clock; null if there is none
 */
public record Lag(long events, @Nullable Instant oldest) {

  /** More is not counted, because there may be millions. */
  public static final long MOST = 10_000;
}
