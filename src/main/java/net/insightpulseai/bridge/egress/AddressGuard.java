package net.insightpulseai.bridge.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides which addresses a subscriber may be at. */
@Component
public class AddressGuard {

  private final NameLookup lookup;
  private final List<Cidr> allowed;

  AddressGuard(EgressSettings settings, NameLookup lookup) {
    this.lookup = lookup;
    this.allowed = settings.allow().stream().map(Cidr::of).toList();
  }

  /**
   * Looks a host up and checks its addresses.
   *
   * @param host a name, or an address as in a URL
   * @return its addresses, each of which may be called
   * @throws EgressRefused if one of them may not: the owner of a name controls which is used
   * @throws UnknownHostException if there is none
   */
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    List<InetAddress> found = lookup.find(host);
    for (InetAddress address : found) {
      String refusal = refusal(host, address);
      if (refusal != null) {
        throw new EgressRefused(refusal);
      }
    }
    return found;
  }

  private @Nullable String refusal(String host, InetAddress address) {
    for (InetAddress reached : EmbeddedAddresses.with(address)) {
      String where = where(host, reached);
      String never = SpecialAddresses.neverAllowed(reached);
      if (never != null) {
        return where + never + "; no setting allows that";
      }
      String kind = SpecialAddresses.kindOf(reached);
      if (kind != null && allowed.stream().noneMatch(range -> range.contains(reached))) {
        return where + kind + "; to allow it, add its range to " + EgressSettings.KEY;
      }
    }
    return null;
  }

  private static String where(String host, InetAddress reached) {
    String text = reached.getHostAddress();
    return host.equals(text) ? text + " is " : host + " is at " + text + ", ";
  }
}
