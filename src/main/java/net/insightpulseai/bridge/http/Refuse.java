package net.insightpulseai.bridge.http;

import org.springframework.stereotype.Component;

/**
 * Lets a route refuse its request by itself: a {@code bean} step with the method {@code with(422,
 * 'code', 'One sentence.')}.
 */
@Component("refuse")
public class Refuse {

  /**
   * Ends the route.
   *
   * @throws Refusal always
   */
  public void with(int status, String code, String message) {
    throw new Refusal(status, code, message);
  }
}
