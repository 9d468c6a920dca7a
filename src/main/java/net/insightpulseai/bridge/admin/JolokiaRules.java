package net.insightpulseai.bridge.admin;

import java.util.List;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AllowAllRestrictor;

/**
 * What may be called through Jolokia: reading, and starting or stopping single routes. Everything
 * else is refused, because a running JVM offers operations that send messages, load code or write
 * files. Jolokia creates this class by its name, from {@code restrictorClass}.
 */
public class JolokiaRules extends AllowAllRestrictor {

  private record Rule(Pattern bean, Pattern operation) {
    static Rule of(String bean, String operation) {
      return new Rule(Pattern.compile(bean), Pattern.compile(operation));
    }
  }

  private static final List<Rule> OPERATIONS =
      List.of(
          Rule.of("bridge:.*", ".*"),
          Rule.of("org\\.apache\\.camel:.*type=context.*", "dump.*Stats.*|dumpRoutesAs.*|route.*s"),
          Rule.of(
              "org\\.apache\\.camel:.*type=routes.*",
              "start|stop|suspend|resume|restart|reset|dump.*|.*Ids|.*Properties"),
          Rule.of(
              "org\\.apache\\.camel:.*type=processors.*", "stats.*|dump.*|reset|informationJson"),
          Rule.of(
              "org\\.apache\\.camel:.*type=(health|consumers|services).*", "(is|get|dump|list).*"),
          Rule.of("hawtio:.*", "(list|get|can|find|search|jsonQuery|allKnown|filter).*"),
          Rule.of("jolokia:.*", "(list|get|is|find|search).*|mBeanServersInfo"),
          Rule.of("java\\.lang:type=Threading", "dumpAllThreads|find.*|getThread.*"));

  @Override
  public boolean isOperationAllowed(ObjectName bean, String operation) {
    String name = bean.getCanonicalName();
    // The name of an overloaded operation includes its parameter types, which do not matter here.
    String bare = operation.replaceFirst("\\(.*", "");
    return OPERATIONS.stream()
        .anyMatch(r -> r.bean.matcher(name).matches() && r.operation.matcher(bare).matches());
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
    return bean.getDomain().equals("bridge");
  }

  /**
   * Jolokia tells no page of another site that it may read answers. Whether a request with an
   * {@code Origin} is served at all, {@link ManagementHosts} has decided before.
   */
  @Override
  public boolean isOriginAllowed(String origin, boolean onlyWhenStrictCheckingIsEnabled) {
    return onlyWhenStrictCheckingIsEnabled;
  }
}
