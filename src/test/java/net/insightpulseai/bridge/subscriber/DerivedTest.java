package net.insightpulseai.bridge.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DerivedTest {

  private final AtomicInteger computed = new AtomicInteger();
  private final Derived<String> derived =
      new Derived<>(row -> row.name() + " " + computed.incrementAndGet());

  @Test
  void isComputedOnceForARow() {
    Subscriber row = row("crm");
    assertThat(derived.of(row)).isEqualTo("crm 1").isSameAs(derived.of(row));
  }

  @Test
  void isComputedAgainWhenTheRowWasReadAgainEvenIfItIsEqual() {
    Subscriber row = row("crm");
    derived.of(row);
    assertThat(row("crm")).isEqualTo(row);
    assertThat(derived.of(row("crm"))).isEqualTo("crm 2");
  }

  @Test
  void whatFailsIsNotKept() {
    Derived<String> failing =
        new Derived<>(
            row -> {
              if (computed.incrementAndGet() == 1) {
                throw new NoLiveSecret("no key");
              }
              return "opened";
            });
    Subscriber row = row("crm");
    assertThatThrownBy(() -> failing.of(row)).isInstanceOf(NoLiveSecret.class);
    assertThat(failing.of(row)).isEqualTo("opened");
  }

  private static Subscriber row(String name) {
    return new Subscriber(
        1,
        name,
        Subscriber.Kind.WEBHOOK,
        "https://crm.example.com/hook",
        List.of("*"),
        null,
        null,
        Subscriber.Format.FULL,
        Subscriber.Signature.STANDARD,
        Subscriber.Mode.REST,
        "",
        null,
        null,
        Subscriber.Owner.API,
        "[]",
        "{}",
        null);
  }
}
