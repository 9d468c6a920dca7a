package net.insightpulseai.bridge.admin;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.AllowAllRestrictor;

/**
 * What may be called through Jolokia: reading and, by an operator, the bridge's own operations and
 * starting or stopping single routes. Everything else is refused, because a running JVM offers
 * operations that send messages, load code or write files. Jolokia creates this class by its name,
 * from {@code restrictorClass}.
 */
public class JolokiaRules extends AllowAllRestrictor {

  private record Rule(Pattern bean, Pattern operation) {
    static Rule of(String bean, String operation) {
      return new Rule(Pattern.compile(bean), Pattern.compile(operation));
    }

    boolean allows(String name, String operation) {
      return bean.matcher(name).matches() && this.operation.matcher(operation).matches();
    }
  }

  /** What changes something, for an operator. */
  private static final List<Rule> ACTING =
      List.of(
          Rule.of("bridge:.*", ".*"),
          Rule.of(
              "org\\.apache\\.camel:.*type=routes.*", "start|stop|suspend|resume|restart|reset"),
          Rule.of("org\\.apache\\.camel:.*type=processors.*", "reset"));

  /** What only shows something, for a viewer too. */
  private static final List<Rule> LOOKING =
      List.of(
          Rule.of("bridge:.*", "show.*|count.*"),
          Rule.of("org\\.apache\\.camel:.*type=context.*", "dump.*Stats.*|dumpRoutesAs.*|route.*s"),
          Rule.of("org\\.apache\\.camel:.*type=routes.*", "dump.*|.*Ids|.*Properties"),
          Rule.of("org\\.apache\\.camel:.*type=processors.*", "stats.*|dump.*|informationJson"),
          Rule.of(
              "org\\.apache\\.camel:.*type=(health|consumers|services).*", "(is|get|dump|list).*"),
          // What is under way, by ids and times; bodies are not among it.
          Rule.of(
              "org\\.apache\\.camel:.*name=\"?Default(InflightRepository|AsyncProcessorAwaitManager)\\b.*type=services.*",
              "browse"),
          Rule.of("hawtio:.*", "(list|get|can|find|search|jsonQuery|allKnown|filter).*"),
          Rule.of("jolokia:.*", "(list|get|is|find|search).*|mBeanServersInfo"),
          Rule.of("java\\.lang:type=Threading", "dumpAllThreads|find.*|getThread.*"));

  /** May show what a deployment gave the JVM on its command line, secrets perhaps. */
  private static final Set<String> COMMAND_LINE =
      Set.of("SystemProperties", "InputArguments", "ClassPath", "BootClassPath", "LibraryPath");

  @Override
  public boolean isOperationAllowed(ObjectName bean, String operation) {
    return isOperationAllowed(bean, operation, Role.ofCaller());
  }

  /** Whether this role may call the operation. */
  static boolean isOperationAllowed(ObjectName bean, String operation, Role role) {
    String name = bean.getCanonicalName();
    // The name of an overloaded operation includes its parameter types, which do not matter here.
    String bare = operation.replaceFirst("\\(.*", "");
    return LOOKING.stream().anyMatch(rule -> rule.allows(name, bare))
        || (role == Role.OPERATOR && ACTING.stream().anyMatch(rule -> rule.allows(name, bare)));
  }

  @Override
  public boolean isAttributeReadAllowed(ObjectName bean, String attribute) {
    return Role.ofCaller() == Role.OPERATOR
        || !bean.getCanonicalName().equals("java.lang:type=Runtime")
        || !COMMAND_LINE.contains(attribute);
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName bean, String attribute) {
    return Role.ofCaller() == Role.OPERATOR && bean.getDomain().equals("bridge");
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
