package net.insightpulseai.bridge.tracecontext;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.insightpulseai.bridge.http.ClientRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void aWellFormedOneIsKeptAsItIs() {
    assertThat(TraceContext.read(PARENT, "rojo=00f067aa0ba902b7,congo@t=t61rcWkgMzE"))
        .isEqualTo(new TraceContext(PARENT, "rojo=00f067aa0ba902b7,congo@t=t61rcWkgMzE"));
    assertThat(TraceContext.read(PARENT, null)).isEqualTo(new TraceContext(PARENT, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 ",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473٦-00f067aa0ba902b7-01"
      })
  void aMalformedOneIsNone(String parent) {
    assertThat(TraceContext.read(parent, null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a",
        "=",
        "a=",
        "=b",
        "A=b",
        "a=b,a=c",
        "a=b\r\nx: y",
        "a=1\r\n\r\n,b=2",
        "a=b=c",
        "a=é",
        "a@1=b"
      })
  void aMalformedStateIsLeftOut(String state) {
    assertThat(TraceContext.read(PARENT, state)).isEqualTo(new TraceContext(PARENT, null));
  }

  @Test
  void aStateOfMoreThan512CharactersOr32MembersIsLeftOut() {
    assertThat(TraceContext.read(PARENT, members(32)).tracestate()).isNotNull();
    assertThat(TraceContext.read(PARENT, members(33)).tracestate()).isNull();
    assertThat(TraceContext.read(PARENT, "a=" + "b".repeat(250)).tracestate()).isNotNull();
    assertThat(
            TraceContext.read(
                    PARENT,
                    "a=" + "b".repeat(250) + ",b=" + "b".repeat(250) + ",c=" + "b".repeat(250))
                .tracestate())
        .isNull();
  }

  @Test
  void ofARequestThatHasTwoNoneCounts() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    assertThat(TraceContext.of(new ClientRequest("/", null, headers))).isNull();

    headers.add("Traceparent", PARENT).add("tracestate", "a=1").add("tracestate", "b=2");
    assertThat(TraceContext.of(new ClientRequest("/", null, headers)))
        .isEqualTo(new TraceContext(PARENT, "a=1,b=2"));

    headers.add("traceparent", PARENT);
    assertThat(TraceContext.of(new ClientRequest("/", null, headers))).isNull();
  }

  private static String members(int count) {
    return IntStream.range(0, count).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
  }
}
