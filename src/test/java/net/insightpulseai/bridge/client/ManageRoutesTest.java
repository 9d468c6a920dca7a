package net.insightpulseai.bridge.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Versions of the routes on the command line. */
class ManageRoutesTest extends ClientFixture {

  @Test
  void versionsAreListedShownComparedAndRolledBackTo() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !text("select count(*) from bridge.route_version").equals("0"));
    String id = text("select max(id) from bridge.route_version");

    assertThat(run("routes", "list", "--utc")).as(errors()).isZero();
    assertThat(out()).startsWith("ID  HASH").contains("as they were at the start");
    assertThat(errors()).startsWith("this instance runs ");
    assertThat(run("routes", "show", id)).as(errors()).isZero();
    assertThat(out()).contains("# actions/odoo-actions.camel.yaml\n- route:\n");
    assertThat(run("routes", "diff", id, id)).as(errors()).isZero();
    assertThat(out()).isEmpty();

    assertThat(run("routes", "rollback", id, "--why", "a test", "--who", "ann"))
        .as(errors())
        .isZero();
    assertThat(errors())
        .isEqualTo("version " + id + " is pinned by ann: a test; it runs until a folder changes\n");
    assertThat(run("routes", "list", "--json")).as(errors()).isZero();
    assertThat(out()).startsWith("{\"id\":");
    assertThat(errors()).contains("version " + id + " is pinned by ann: a test");
    assertThat(run("routes", "unpin", "--why", "done")).as(errors()).isZero();
    assertThat(out()).startsWith("nothing is pinned; the folder runs: ");
    assertThat(run("routes", "unpin", "--why", "done")).isOne();
  }

  @Test
  void wrongArgumentsAreExplained() {
    for (String[] wrong :
        new String[][] {
          {},
          {"lists"},
          {"list", "1"},
          {"show"},
          {"show", "x"},
          {"diff", "1", "2", "3"},
          {"rollback", "1"},
          {"unpin"}
        }) {
      assertThat(run("routes", wrong)).isEqualTo(2);
      assertThat(errors()).startsWith("routes: ").contains("xpected ");
    }
    assertThat(run("routes", "lists")).isEqualTo(2);
    assertThat(errors()).contains("did you mean \"list\"?");
    assertThat(run("routes", "show", "4711")).isOne();
    assertThat(errors()).contains("There is no version 4711 of the routes");
  }
}
