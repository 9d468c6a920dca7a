package net.insightpulseai.bridge.config;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hosts that are called without TLS.
 *
 * @param plaintextHosts host names or addresses of databases, of Odoo and of Supabase; this machine
 *     need not be among them
 */
@ConfigurationProperties("bridge")
public record PlaintextHosts(@DefaultValue Set<String> plaintextHosts) {

  /** No host but this machine. */
  public static final PlaintextHosts NONE = new PlaintextHosts(Set.of());

  /** How an operator allows a host, at the end of an error message. */
  public static final String REMEDY =
      "if the network between is private, name the host in bridge.plaintext-hosts"
          + " (BRIDGE_PLAINTEXT_HOSTS): passwords, keys and rows can then be read on the way";

  public PlaintextHosts {
    plaintextHosts =
        plaintextHosts.stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether this host may be called without TLS. */
  public boolean allow(String host) {
    return ThisMachine.is(host) || plaintextHosts.contains(host.toLowerCase(Locale.ROOT));
  }
}
