package net.insightpulseai.bridge.egress;

import java.net.UnknownHostException;

/**
 * The bridge itself does not call this address: its configuration says so, not the other side. The
 * message says which address, why, and what would allow it.
 */
public class EgressRefused extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  public EgressRefused(String message) {
    super(message);
  }
}
