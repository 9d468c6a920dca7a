package net.insightpulseai.bridge.reload;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.config.RootCause;
import net.insightpulseai.bridge.history.Pin;
import net.insightpulseai.bridge.history.Versions;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.login.Person;
import net.insightpulseai.bridge.routecheck.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** The route files, in Hawtio under {@code bridge:type=Routes}. */
@Component
@ManagedResource(objectName = "bridge:type=Routes", description = "The route files and their edits")
public class RoutesControl {

  private static final Logger LOG = LoggerFactory.getLogger(RoutesControl.class);

  private final RouteReload reload;
  private final Rollback rollback;
  // Not of the name of an operation: Spring would take it for an accessor, and lose its
  // description.
  private final Versions recorded;

  RoutesControl(RouteReload reload, Rollback rollback, Versions versions) {
    this.reload = reload;
    this.rollback = rollback;
    this.recorded = versions;
  }

  @ManagedAttribute(description = "The routes that run: their hash, since when, and what changed")
  public String getApplied() {
    RouteVersion running = reload.running();
    return running.hash() + ", " + running.at() + ": " + running.change();
  }

  /** The version of the routes that run, as it is shown to people. */
  public String running() {
    return reload.running().hash();
  }

  @ManagedAttribute(description = "Why what is in the folder does not run; empty if it does")
  public String getRefused() {
    RefusedEdit refused = reload.refused();
    return refused == null
        ? ""
        : refused.hash() + ", " + refused.at() + "\n" + lines(refused.findings());
  }

  @ManagedAttribute(
      description = "The version that runs in place of the folder on all replicas; empty if none")
  public String getPinned() {
    Pin pin = rollback.pin();
    return pin == null ? "" : pin + ", since " + pin.at();
  }

  @ManagedOperation(description = "Check the route files as they are now, and change nothing")
  public String check() {
    List<Finding> findings = reload.check();
    return findings.isEmpty() ? "no faults" : lines(findings);
  }

  @ManagedOperation(description = "Check the route files as they are now, and apply them")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  public String reload(String who) {
    String person = Person.ofCaller(who);
    LOG.info("A reload of the routes is asked for by {}", person);
    return switch (reload.reload(person)) {
      case APPLIED, CHECKED -> "applied: " + getApplied();
      case REFUSED -> "refused: " + getRefused();
      case ROLLED_BACK -> "not started, taken back: " + getRefused();
    };
  }

  @ManagedOperation(description = "The versions of the routes that ran, newest first")
  public String versions() {
    return recorded.all().stream()
        .map(
            one ->
                "%d  %s  %s  %s%s: %s"
                    .formatted(
                        one.id(),
                        one.hash(),
                        one.at(),
                        one.instance(),
                        one.who() == null ? "" : " by " + one.who(),
                        one.change()))
        .collect(Collectors.joining("\n"));
  }

  @ManagedOperation(description = "What is different between two versions, as a patch")
  @ManagedOperationParameter(name = "version", description = "the number of the later version")
  @ManagedOperationParameter(
      name = "against",
      description = "the number of the earlier version; 0 is the one before")
  public String diff(long version, long against) {
    return answer(
        () -> {
          Rollback.Compared compared = rollback.compare(version, against == 0 ? null : against);
          return compared.patch() == null
              ? "the version before is not there any more"
              : compared.patch();
        });
  }

  @ManagedOperation(
      description =
          "Run a version again on all replicas, until a folder changes; returns the patch that makes it lasting")
  @ManagedOperationParameter(name = "version", description = "the version's number")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String rollback(long version, String who, String why) {
    return answer(
        () -> {
          Rollback.Done done = rollback.to(version, Operator.named(Person.ofCaller(who), why));
          return done.pin() + "\n" + done.patch();
        });
  }

  @ManagedOperation(description = "Run the routes of the folder again, on all replicas")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String unpin(String who, String why) {
    return answer(
        () -> {
          rollback.unpin(Operator.named(Person.ofCaller(who), why));
          return "applied: " + getApplied();
        });
  }

  /** What is refused, and a database that is away, are answers; Hawtio shows nothing of others. */
  private static String answer(Supplier<String> act) {
    try {
      return act.get();
    } catch (Refusal e) {
      return "refused: " + e.getMessage();
    } catch (DataAccessException e) {
      return "the database does not answer: " + RootCause.line(e);
    }
  }

  private static String lines(List<Finding> findings) {
    return findings.stream()
        .map(one -> one.refused() ? one.toString() : "warning: " + one)
        .collect(Collectors.joining("\n"));
  }
}
