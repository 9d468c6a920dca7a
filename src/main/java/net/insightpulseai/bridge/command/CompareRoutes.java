package net.insightpulseai.bridge.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.insightpulseai.bridge.history.Difference;
import net.insightpulseai.bridge.history.ShippedRoutes;
import net.insightpulseai.bridge.history.Snapshot;
import net.insightpulseai.bridge.routecheck.RouteFolder;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Compares a folder of routes with those that this jar comes with; with the jar that the folder
 * came from, it tells what was edited from what an upgrade changes.
 */
class CompareRoutes implements Command {

  private static final String CUSTOM = "custom/";
  private static final String USAGE =
      "expected routes-diff [folder] [--base the-jar-it-came-from.jar] [--patch]";

  private final ConfigurableEnvironment environment;

  CompareRoutes(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @Override
  public int run(List<String> arguments, PrintStream out) throws IOException {
    List<String> words =
        new ArrayList<>(arguments.stream().filter(one -> !isSetting(one)).toList());
    boolean patch = words.remove("--patch");
    Path base = null;
    int option = words.indexOf("--base");
    if (option >= 0 && option + 1 < words.size()) {
      base = Path.of(words.remove(option + 1));
      words.remove(option);
    }
    if (words.size() > 1 || words.stream().anyMatch(one -> one.startsWith("-"))) {
      out.println(USAGE);
      return 2;
    }
    Path folder =
        words.isEmpty()
            ? Objects.requireNonNullElse(RouteFolder.of(environment), Path.of("routes"))
            : Path.of(words.get(0));
    RouteFolder.Content content = RouteFolder.read(folder);
    if (content.files().isEmpty()) {
      content.findings().forEach(out::println);
      return 1;
    }
    SortedMap<String, String> here = Snapshot.of(folder, content.files()).files();
    SortedMap<String, String> shipped = ShippedRoutes.ofThisJar().files();
    SortedMap<String, String> before = base == null ? shipped : ShippedRoutes.of(base).files();
    print(states(here, before, shipped), folder, out);
    if (patch) {
      out.print(Difference.between(Difference.name(folder), shipped, withoutOwn(here)));
    }
    return 0;
  }

  private static boolean isSetting(String argument) {
    return argument.startsWith("--") && argument.contains("=");
  }

  private static SortedMap<String, String> withoutOwn(SortedMap<String, String> files) {
    SortedMap<String, String> others = new TreeMap<>(files);
    others.keySet().removeIf(name -> name.startsWith(CUSTOM));
    return others;
  }

  /** By the name of each file of which there is something to say. */
  private static SortedMap<String, String> states(
      SortedMap<String, String> here,
      SortedMap<String, String> before,
      SortedMap<String, String> shipped) {
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(before.keySet());
    names.addAll(shipped.keySet());
    SortedMap<String, String> states = new TreeMap<>();
    for (String name : names) {
      String edit = change(before.get(name), here.get(name), "added", "edited", "missing");
      String upgrade = change(before.get(name), shipped.get(name), "new", "changed", "removed");
      // What is as it is to be is no difference, whatever it was.
      boolean different = !Objects.equals(here.get(name), shipped.get(name));
      if (name.startsWith(CUSTOM)) {
        states.put(name, "yours");
      } else if (different && upgrade == null) {
        states.put(name, String.valueOf(edit));
      } else if (different) {
        states.put(name, (edit == null ? "" : edit + ", and ") + upgrade + " by the upgrade");
      }
    }
    return states;
  }

  private static @Nullable String change(
      @Nullable String before,
      @Nullable String after,
      String added,
      String changed,
      String removed) {
    if (Objects.equals(before, after)) {
      return null;
    }
    if (before == null) {
      return added;
    }
    return after == null ? removed : changed;
  }

  private static void print(SortedMap<String, String> states, Path folder, PrintStream out) {
    states.forEach((name, state) -> out.println(name + ": " + state));
    long own = states.values().stream().filter("yours"::equals).count();
    out.println(
        "%s: %d of your own, %d different from %s"
            .formatted(folder, own, states.size() - own, Commands.release()));
  }
}
