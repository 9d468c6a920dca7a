package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PermitTest {

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final AdmissionLimit limit = new AdmissionLimit(1, 10, nanoTime::get);
  private final List<Permit> gaveWay = new ArrayList<>();

  @Test
  void fullLimitGivesNoPlace() {
    Permit permit = arrive();
    Permit other = arrive();
    assertThat(permit.takePlace()).isTrue();
    assertThat(limit.full()).isTrue();
    assertThat(other.takePlace()).isFalse();
    other.release();
    permit.release();
    assertThat(limit.unused()).isTrue();
  }

  @Test
  void anArrivingBodyTakesNoPlace() {
    Permit slow = arrive();
    assertThat(slow.grow(5)).isTrue();
    assertThat(arrive().takePlace()).isTrue();
  }

  @Test
  void roomIsTakenAsBytesComeAndGivenBackWithThePlace() {
    Permit permit = arrive();
    assertThat(permit.grow(6)).isTrue();
    assertThat(permit.grow(6)).isFalse();
    assertThat(permit.grow(4)).isTrue();
    permit.takePlace();
    permit.release();
    assertThat(limit.unused()).isTrue();
  }

  @Test
  void permitIsGivenBackOnce() {
    Permit permit = arrive();
    permit.grow(10);
    permit.takePlace();
    permit.release();
    permit.release();
    assertThat(arrive().takePlace()).isTrue();
    assertThat(arrive().takePlace()).isFalse();
  }

  @Test
  void whoHasBeenSendingLongestGivesWayAfterASecond() {
    Permit slow = arrive();
    slow.grow(4);
    nanoTime.addAndGet(Duration.ofMillis(900).toNanos());
    Permit later = arrive();
    later.grow(6);
    Permit quick = arrive();
    assertThat(quick.grow(3)).isFalse();
    nanoTime.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(quick.grow(3)).isTrue();
    assertThat(gaveWay).containsExactly(slow);
    assertThat(quick.grow(3)).isFalse();
  }

  @Test
  void aBodyThatIsThereGivesNoWay() {
    Permit served = arrive();
    served.grow(10);
    served.takePlace();
    nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(arrive().grow(1)).isFalse();
    assertThat(gaveWay).isEmpty();
  }

  @Test
  void whatHasArrivedMovesToAnotherLimit() {
    AdmissionLimit known = new AdmissionLimit(1, 6);
    Permit permit = arrive();
    permit.grow(5);
    assertThat(permit.move(known)).isTrue();
    assertThat(limit.unused()).isTrue();
    Permit other = arrive();
    other.grow(2);
    assertThat(other.move(known)).isFalse();
    permit.release();
    assertThat(other.move(known)).isTrue();
    other.release();
    assertThat(known.unused()).isTrue();
  }

  private Permit arrive() {
    Permit[] made = new Permit[1];
    made[0] =
        limit.arrive(
            () -> {
              gaveWay.add(made[0]);
              made[0].release();
            });
    return made[0];
  }
}
