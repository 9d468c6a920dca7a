package net.insightpulseai.bridge.http;

/** Hears of each request that a route refuses. */
public interface RefusalListener {

  /**
   * A request was refused.
   *
   * @param endpoint the URI of the endpoint that its route serves
   */
  void refused(String endpoint);
}
