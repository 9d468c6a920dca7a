package net.insightpulseai.bridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Prints the schema as one SQL text, for people who apply migrations with Supabase's own tools. The
 * text fills in Flyway's history, so that the bridge finds the schema complete. With an argument,
 * it prints an optional part, which is not applied by default.
 */
class SqlPrint implements Command {

  /** The optional parts: {@code realtime-policy} is {@code optional/realtime_policy.sql}. */
  private static final List<String> OPTIONAL = List.of("realtime-policy", "realtime-policy-simple");

  private final DatabaseSettings settings;

  SqlPrint(DatabaseSettings settings) {
    this.settings = settings;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws IOException {
    Optional<String> part = arguments.stream().filter(name -> !name.startsWith("-")).findFirst();
    if (part.isEmpty()) {
      printSchema(out);
      return 0;
    }
    if (!OPTIONAL.contains(part.get())) {
      out.println("Unknown part " + part.get() + ", expected " + String.join(" or ", OPTIONAL));
      return 2;
    }
    out.println(SqlFile.read("optional/" + part.get().replace('-', '_')));
    return 0;
  }

  private void printSchema(PrintStream out) throws IOException {
    String read = settings.authenticatedRead().name().toLowerCase(Locale.ROOT);
    Resource[] files =
        new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*.sql");
    // V1, V2, … and then the repeatable ones, which begin with R.
    List<Resource> ordered =
        Arrays.stream(files).sorted(Comparator.comparing(SqlPrint::order)).toList();
    out.println("-- The schema of the bridge, for a database that does not have it yet.");
    out.println(SqlFile.read("schema/flyway_history"));
    for (Resource file : ordered) {
      String text = file.getContentAsString(UTF_8).replace("${authenticatedRead}", read);
      out.println("-- " + file.getFilename());
      out.println(text);
      out.println(history(String.valueOf(file.getFilename()), text));
    }
  }

  private static String order(Resource file) {
    String name = String.valueOf(file.getFilename());
    return name.startsWith("V") ? "V%05d".formatted(Integer.parseInt(version(name))) : "W" + name;
  }

  private static String version(String name) {
    return name.substring(1, name.indexOf("__"));
  }

  private static String history(String name, String text) {
    String version = name.startsWith("V") ? "'" + version(name) + "'" : "null";
    String description =
        name.substring(name.indexOf("__") + 2, name.length() - ".sql".length()).replace('_', ' ');
    return SqlFile.read(
        "schema/flyway_history_row",
        Map.of(
            "version", version,
            "description", description,
            "script", name,
            "checksum", String.valueOf(checksum(text))));
  }

  /** The checksum that Flyway computes: over the lines, without their ends. */
  private static int checksum(String text) {
    CRC32 sum = new CRC32();
    text.lines().forEach(line -> sum.update(line.getBytes(UTF_8)));
    return (int) sum.getValue();
  }
}
