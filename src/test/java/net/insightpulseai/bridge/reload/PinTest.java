package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import net.insightpulseai.bridge.history.Pins;
import net.insightpulseai.bridge.history.Versions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/** How long an operator's choice of a version holds, and where. */
class PinTest extends PinnedRoutes {

  @Autowired private Environment environment;
  @Autowired private ConfigurableListableBeanFactory beans;
  @Autowired private Versions versions;
  @Autowired private Pins pins;
  @Autowired private ReloadReport report;

  @Test
  void anEditOfTheFolderLiftsThePinAndThatIsSaid() throws IOException {
    long one = edited("one");
    edited("two");
    rollBack(one);

    write("custom/hello", hello("three"));

    await().atMost(SOON).until(() -> get("/custom/hello").body().equals("three"));
    await()
        .atMost(SOON)
        .until(
            () ->
                text("select count(*) from public.audit_event where event_type = 'bridge.routes.unpinned'")
                    .equals("1"));
    assertThat(count("bridge.route_pin")).isZero();
    assertThat(control.getPinned()).isEmpty();
  }

  @Test
  void aBadEditDoesNotLiftIt() throws IOException {
    long one = edited("one");
    edited("two");
    rollBack(one);

    write("custom/hello", hello("three").replace("setBody:", "setBoddy:"));
    await().atMost(SOON).until(() -> reload().refused() != null);

    assertThat(get("/custom/hello").body()).isEqualTo("one");
    assertThat(control.getPinned()).startsWith("version " + one);
  }

  @Test
  void unpinRunsTheFolderAgainUnlessItHasFaults() throws IOException {
    long one = edited("one");
    edited("two");
    rollBack(one);

    write("custom/hello", "- no: route\n");
    assertThat(post(VERSIONS + "/unpin", WHO, "apikey", serviceKey()).statusCode()).isEqualTo(409);
    assertThat(get("/custom/hello").body()).isEqualTo("one");
    write("custom/hello", hello("two"));
    assertThat(control.unpin("ben", "mended")).startsWith("applied: ");

    assertThat(get("/custom/hello").body()).isEqualTo("two");
    assertThat(post(VERSIONS + "/unpin", WHO, "apikey", serviceKey()).body())
        .contains("not_pinned");
    assertThat(
            text(
                "select payload->>'by' from public.audit_event where event_type = 'bridge.routes.unpinned'"))
        .isEqualTo("ben");
  }

  @Test
  void aPinOfAnotherReplicaIsFollowedAndSoIsItsEnd() throws IOException {
    long one = edited("one");
    edited("two");
    jdbc()
        .update(
            "insert into bridge.route_pin (version, folders, who, why) values (?, '{other}', 'cat', 'test')",
            one);
    await().atMost(SOON).until(() -> get("/custom/hello").body().equals("one"));
    await()
        .atMost(SOON)
        .until(() -> text("select cardinality(folders) from bridge.route_pin").equals("2"));

    jdbc().update("delete from bridge.route_pin");
    await().atMost(SOON).until(() -> get("/custom/hello").body().equals("two"));
  }

  @Test
  void aPinThatCannotRunHereHoldsOverWhatIsInTheFolderHere() {
    long one = edited("one");
    edited("two");
    jdbc().update("update bridge.route_version set seal = 'x' where id = ?", one);
    jdbc()
        .update(
            "insert into bridge.route_pin (version, folders, who, why) values (?, '{other}', 'cat', 'test')",
            one);

    await()
        .atMost(SOON)
        .until(() -> text("select cardinality(folders) from bridge.route_pin").equals("2"));
    assertThat(get("/custom/hello").body()).isEqualTo("two");
  }

  @Test
  void aPinnedVersionThatCannotBeReadAtTheStartRunsFromTheNextLook() {
    long one = edited("one");
    edited("two");
    rollBack(one);
    jdbc().execute("alter table bridge.route_version_file rename to away");
    StartRoutes start = new StartRoutes(environment, beans, versions, pins);
    jdbc().execute("alter table bridge.away rename to route_version_file");
    assertThat(start.honoured()).isFalse();
    PinState state = new PinState(start);

    new Pinning(reload(), state, start, pins, versions, report).follow();

    assertThat(state.honoured()).isEqualTo(pins.current());
    assertThat(get("/custom/hello").body()).isEqualTo("one");
  }
}
