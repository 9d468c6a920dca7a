package net.insightpulseai.bridge.tracecontext;

import org.jspecify.annotations.Nullable;

/** Knows the correlation id of an exchange: its unit of work. */
public interface CorrelatedExchange {

  /** The id; null until a step has learnt it. */
  @Nullable String correlationId();
}
