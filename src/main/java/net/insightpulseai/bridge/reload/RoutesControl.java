package net.insightpulseai.bridge.reload;

import java.util.List;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.routecheck.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  RoutesControl(RouteReload reload) {
    this.reload = reload;
  }

  @ManagedAttribute(description = "The routes that run: their hash, since when, and what changed")
  public String getApplied() {
    RouteVersion running = reload.running();
    return running.hash() + ", " + running.at() + ": " + running.change();
  }

  @ManagedAttribute(description = "Why what is in the folder does not run; empty if it does")
  public String getRefused() {
    RefusedEdit refused = reload.refused();
    return refused == null
        ? ""
        : refused.hash() + ", " + refused.at() + "\n" + lines(refused.findings());
  }

  @ManagedOperation(description = "Check the route files as they are now, and change nothing")
  public String check() {
    List<Finding> findings = reload.check();
    return findings.isEmpty() ? "no faults" : lines(findings);
  }

  @ManagedOperation(description = "Check the route files as they are now, and apply them")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  public String reload(String who) {
    LOG.info("A reload of the routes is asked for by {}", who);
    return switch (reload.reload(who)) {
      case APPLIED, CHECKED -> "applied: " + getApplied();
      case REFUSED -> "refused: " + getRefused();
      case ROLLED_BACK -> "not started, taken back: " + getRefused();
    };
  }

  private static String lines(List<Finding> findings) {
    return findings.stream()
        .map(one -> one.refused() ? one.toString() : "warning: " + one)
        .collect(Collectors.joining("\n"));
  }
}
