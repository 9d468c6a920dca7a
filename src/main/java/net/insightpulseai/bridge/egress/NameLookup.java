package net.insightpulseai.bridge.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
interface NameLookup {

  /** At least one address, in the order of preference. */
  List<InetAddress> find(String host) throws UnknownHostException;
}
