package net.insightpulseai.bridge.http;

import org.apache.camel.Processor;

/**
 * The first step of a route, which decides who may call it. Whom the headers alone refuse is
 * refused before the body has arrived.
 */
public interface Guard extends Processor {

  /**
   * Looks at the headers alone.
   *
   * @return whether they prove who calls; false if that needs the body
   * @throws Refusal if this caller is refused whatever the body is
   */
  boolean knows(ClientRequest request);
}
