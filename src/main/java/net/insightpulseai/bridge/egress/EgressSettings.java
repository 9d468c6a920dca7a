package net.insightpulseai.bridge.egress;

import java.util.List;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses subscribers may have besides public ones.
 *
 * @param allow address ranges in CIDR notation
 */
@ConfigurationProperties("bridge.egress")
public record EgressSettings(@DefaultValue List<String> allow) {

  /** As errors name the setting. */
  static final String KEY = "bridge.egress.allow (BRIDGE_EGRESS_ALLOW)";

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  // Java's own parser reads 10.1 as 10.0.0.1, which is never intended.
  private static final Pattern IPV4 =
      Pattern.compile(OCTET + "(\\." + OCTET + "){3}(/(3[0-2]|[12]?\\d))?");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*(/(12[0-8]|1[01]\\d|[1-9]?\\d))?");

  public EgressSettings {
    allow = allow.stream().map(String::strip).filter(range -> !range.isEmpty()).toList();
    allow.forEach(EgressSettings::check);
  }

  private static void check(String range) {
    boolean readable = IPV4.matcher(range).matches();
    if (!readable && IPV6.matcher(range).matches()) {
      readable = Cidr.isReadable(range);
    }
    if (!readable) {
      throw new StartRefused(
          KEY,
          "'" + range + "'",
          "ranges in CIDR notation, comma separated, such as 10.20.0.0/16,fd00:1234::/32");
    }
  }
}
