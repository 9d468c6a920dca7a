package net.insightpulseai.bridge.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import net.insightpulseai.bridge.client.ClientCommands;
import net.insightpulseai.bridge.config.Nearest;
import net.insightpulseai.bridge.config.Product;
import org.jspecify.annotations.Nullable;

/** The commands of the jar by name, and what is printed about them. */
final class Commands {

  /**
   * @param purpose in a few words
   */
  record Known(String name, String purpose, Class<? extends Command> type) {}

  static final List<Known> ALL =
      List.of(
          new Known(
              "doctor",
              "checks settings, routes, database, Odoo and Supabase; with --disk 8GB, also when that disk will be full",
              RunDoctor.class),
          new Known(
              "routes-check",
              "checks the route files, without a database; a folder may follow",
              CheckRoutes.class),
          new Known(
              "routes-diff",
              "compares the route files with those of this jar; --base OLD.jar tells edits from the upgrade, --patch",
              CompareRoutes.class),
          new Known("migrate", "updates the database's schema", Migrate.class),
          new Known(
              "partition",
              "divides the table of events into partitions, while events come in; --dry-run says how",
              PartitionEvents.class),
          new Known(
              "archive",
              "writes full partitions of events into a folder or s3:// (--to PLACE), or stores one again (--restore FILE)",
              ArchiveEvents.class),
          new Known(
              "sql-print",
              "prints the schema as one SQL text, for supabase/migrations; or realtime-policy or realtime-policy-simple",
              SqlPrint.class));

  /** They do without an application.yaml. */
  static final Set<Class<? extends Command>> READS_NO_SETTINGS =
      Set.of(CheckRoutes.class, CompareRoutes.class);

  private Commands() {}

  static @Nullable Known named(String name) {
    return ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
  }

  /** How the jar is called. */
  static String usage() {
    List<String> lines = new ArrayList<>();
    lines.add("Usage: java -jar %s.jar [command] [--setting=value ...]".formatted(Product.NAME));
    lines.add("");
    lines.add(
        "Without a command it starts the bridge, with application.yaml and routes/ of this folder.");
    lines.add("");
    for (Known one : ALL) {
      lines.add("  %-12s  %s".formatted(one.name(), one.purpose()));
    }
    lines.add("");
    lines.add("These call a running bridge; each has a --help of its own:");
    lines.add("");
    ClientCommands.purposes()
        .forEach((name, purpose) -> lines.add("  %-12s  %s".formatted(name, purpose)));
    lines.add("");
    lines.add("  %-12s  %s".formatted("help", "prints this; so do --help and -h"));
    lines.add("  %-12s  %s".formatted("version", "prints the version; so does --version"));
    lines.add("");
    lines.add(
        "Every setting of application.yaml can be given as --bridge.outbox.slots=64, for example.");
    return String.join(System.lineSeparator(), lines);
  }

  static String unknown(String name) {
    List<String> names = new ArrayList<>(ALL.stream().map(Known::name).toList());
    names.addAll(ClientCommands.purposes().keySet());
    return "Unknown command " + name + Nearest.hint(name, names) + ".";
  }

  static String version() {
    return release() + ", Java " + Runtime.version();
  }

  /** The name and the version of the bridge. */
  static String release() {
    Properties build = new Properties();
    try (InputStream text = Commands.class.getResourceAsStream("/META-INF/build-info.properties")) {
      if (text != null) {
        build.load(text);
      }
    } catch (IOException e) {
      // Then it is not known.
    }
    return Product.NAME + " " + build.getProperty("build.version", "of an unknown version");
  }
}
