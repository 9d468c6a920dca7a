package net.insightpulseai.bridge.command;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.insightpulseai.bridge.archive.ArchiveStores;
import net.insightpulseai.bridge.client.ClientCommands;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.settings.WrittenSettings;
import net.insightpulseai.bridge.signature.OutboundSignature;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Runs a command of the jar with the settings of the bridge, without starting the bridge. */
public final class CommandLine {

  private static final Set<String> HELP = Set.of("help", "--help", "-h", "-?");
  private static final Set<String> VERSION = Set.of("version", "--version", "-V");
  private static final Set<String> FLAGS = Set.of("--debug", "--trace");

  private CommandLine() {}

  /**
   * Whether the arguments ask for something else than to start the bridge: they hold a word, or an
   * option that is no setting.
   */
  public static boolean isCommand(String... arguments) {
    return Arrays.stream(arguments).anyMatch(one -> !isSetting(one));
  }

  /** Spring takes {@code --key=value}, and two flags of its own. */
  private static boolean isSetting(String argument) {
    return argument.startsWith("--")
        && (argument.contains("=") || FLAGS.contains(argument) || argument.contains("."));
  }

  /**
   * Runs the command that the first word names.
   *
   * @return the exit code: 0 for success, 1 for a failure, 2 for wrong arguments
   */
  public static int run(PrintStream out, PrintStream errors, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    String name =
        all.stream().filter(one -> !one.startsWith("-")).findFirst().orElse(firstOption(all));
    if (ClientCommands.purposes().containsKey(name)) {
      all.remove(name);
      return ClientCommands.run(name, all, out, errors, System.in);
    }
    if (HELP.contains(name) || all.contains("--help") || all.contains("-h")) {
      out.println(Commands.usage());
      return 0;
    }
    if (VERSION.contains(name)) {
      out.println(Commands.version());
      return 0;
    }
    Commands.Known command = Commands.named(name);
    if (command == null) {
      errors.println(
          name.startsWith("-") ? "Unknown option " + name + "." : Commands.unknown(name));
      errors.println(Commands.usage());
      return 2;
    }
    all.remove(name);
    try (ConfigurableApplicationContext settings = start(arguments)) {
      String missing = WrittenSettings.missingFile(settings.getEnvironment());
      if (missing != null && !Commands.READS_NO_SETTINGS.contains(command.type())) {
        errors.println("warning: " + missing);
      }
      return settings.getBean(command.type()).run(all, out);
    } catch (Exception e) {
      errors.println(name + ": " + RootCause.of(e).getMessage());
      return 1;
    }
  }

  private static String firstOption(List<String> arguments) {
    return arguments.stream().filter(one -> !isSetting(one)).findFirst().orElse("");
  }

  private static ConfigurableApplicationContext start(String[] arguments) {
    return new SpringApplicationBuilder(Context.class)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        // Each command needs only its own settings.
        .lazyInitialization(true)
        // A command prints its result itself, including what is wrong with a setting.
        .properties("logging.level.root=off")
        .run(arguments);
  }

  // Without a stereotype, so that the bridge's own component scan does not find it.
  @ConfigurationPropertiesScan("net.insightpulseai.bridge")
  @Import({
    ArchiveEvents.class,
    ArchiveStores.class,
    CheckRoutes.class,
    CompareRoutes.class,
    RunDoctor.class,
    Migrate.class,
    OutboundSignature.class,
    PartitionEvents.class,
    SqlPrint.class
  })
  static class Context {
    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }
}
