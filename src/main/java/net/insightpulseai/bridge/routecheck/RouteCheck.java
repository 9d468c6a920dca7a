package net.insightpulseai.bridge.routecheck;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.insightpulseai.bridge.config.YamlProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Checks route files as a whole: their form against Camel's schema; ids, calls, beans, guards and
 * outcomes; the options of their endpoints; and at last, unless only what is written is looked at,
 * by building every route in a context of its own, which starts none. It needs no database and
 * opens no connection.
 */
public final class RouteCheck {

  private final KnownBeans beans;
  private final Environment environment;
  private final SchemaCheck schema = new SchemaCheck();

  /**
   * @param environment resolves what stands between double braces
   */
  public RouteCheck(KnownBeans beans, Environment environment) {
    this.beans = beans;
    this.environment = environment;
  }

  /** How far a check goes. */
  public enum Depth {
    /** Only what is written, for those whose routes Camel builds at once anyway. */
    WRITTEN,
    /** Every route is built, too. */
    BUILT
  }

  /**
   * Everything that is wrong with route files, by file and line.
   *
   * @param folder is named where something is missing
   */
  public List<Finding> check(Path folder, RouteFolder.Content content, Depth depth) {
    Findings findings = new Findings();
    content.findings().forEach(findings::add);
    if (!content.files().isEmpty()) {
      check(folder, content.files(), findings, depth == Depth.BUILT);
    }
    return findings.all();
  }

  private void check(Path folder, List<RouteFile> files, Findings findings, boolean building) {
    List<Entry> entries = new ArrayList<>();
    boolean whole = true;
    Languages languages = new Languages(PermitSettings.languages(environment), findings);
    for (RouteFile file : files) {
      Node tree = tree(file, findings);
      if (tree != null) {
        schema.check(file, tree, languages, findings);
        entries.addAll(Entry.of(file, tree));
      }
      whole &= tree instanceof SequenceNode;
    }
    whole &= entries.stream().allMatch(one -> schema.isEntry(one.kind()));
    RouteSet routes = new RouteSet(entries);
    Names names = new Names(routes, findings);
    names.check();
    // What is in a file that cannot be read is not missing.
    if (whole) {
      names.calls();
      new Duties(routes, findings).check(folder.toString());
    }
    contents(routes, findings, building);
  }

  private static @Nullable Node tree(RouteFile file, Findings findings) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    // A few lines of aliases can stand for millions of steps.
    options.setMaxAliasesForCollections(0);
    try {
      Node tree = new Yaml(options).compose(new StringReader(file.text()));
      if (tree == null) {
        findings.add(Finding.wrong(file.name(), 0, "is empty; remove it, or write a route"));
      }
      return tree;
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      findings.add(
          Finding.wrong(file.name(), line, "is no YAML: " + YamlProblem.of(e.getProblem())));
    } catch (YAMLException e) {
      String problem = Objects.toString(e.getMessage());
      findings.add(
          Finding.wrong(
              file.name(),
              0,
              problem.contains("aliases")
                  ? "has an alias (*name) of a list or a map; write it out"
                  : "is no YAML: " + problem));
    }
    return null;
  }

  /** Configurations come first, because routes are built with them. */
  private void contents(RouteSet routes, Findings findings, boolean building) {
    Placeholders placeholders = new Placeholders(beans, environment);
    List<Entry> ordered = new ArrayList<>(routes.configurations());
    routes.entries().stream().filter(one -> !ordered.contains(one)).forEach(ordered::add);
    try (Trial trial = new Trial(beans, placeholders, environment)) {
      Endpoints endpoints =
          new Endpoints(trial.camel(), PermitSettings.components(environment), findings);
      Beans named = new Beans(beans, trial::resolved, findings);
      Fence fence = new Fence(beans, trial::resolved, findings);
      for (Entry entry : ordered) {
        placeholders.check(entry, findings);
        named.check(entry);
        fence.check(entry);
        endpoints.check(entry);
      }
      if (building) {
        ordered.stream().filter(fence::mayBeBuilt).forEach(one -> build(one, trial, findings));
      }
    }
  }

  private static void build(Entry entry, Trial trial, Findings findings) {
    if (findings.refused(entry.file(), entry.firstLine(), entry.lastLine())) {
      return;
    }
    Trial.Failure failure = trial.load(entry);
    if (failure != null) {
      findings.add(
          Finding.wrong(
              entry.file().name(),
              Math.max(failure.line(), entry.firstLine()),
              entry.title() + " cannot be built: " + failure.reason()));
    }
  }
}
