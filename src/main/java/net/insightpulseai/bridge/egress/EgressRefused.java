package net.insightpulseai.bridge.egress;

import java.net.UnknownHostException;

/**
 * The bridge refuses to call this address, because of its own configuration and not of the other
 * side. The message names the address, the reason, and the setting that would allow it.
 */
public class EgressRefused extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  public EgressRefused(String message) {
    super(message);
  }
}
