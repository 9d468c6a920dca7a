package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PermitTest {

  private final AdmissionLimit limit = new AdmissionLimit(1, 10);

  @Test
  void fullBudgetGivesNoPlace() {
    Permit permit = limit.acquire();
    assertThat(limit.acquire()).isNull();
    permit.releaseUnlessHandedOver();
    assertThat(limit.unused()).isTrue();
  }

  @Test
  void roomIsTakenAsBytesComeAndGivenBackWithThePlace() {
    Permit permit = limit.acquire();
    assertThat(permit.grow(6)).isTrue();
    assertThat(permit.grow(6)).isFalse();
    assertThat(permit.grow(4)).isTrue();
    permit.releaseUnlessHandedOver();
    assertThat(limit.unused()).isTrue();
  }

  @Test
  void permitIsGivenBackOnce() {
    Permit permit = limit.acquire();
    permit.releaseUnlessHandedOver();
    permit.releaseUnlessHandedOver();
    assertThat(limit.acquire()).isNotNull();
    assertThat(limit.acquire()).isNull();
  }

  @Test
  void routeKeepsThePlaceUntilItEndsHoweverItEnds() {
    Permit permit = limit.acquire();
    permit.handOver();
    permit.releaseUnlessHandedOver();
    assertThat(limit.unused()).isFalse();
    Runnable work =
        permit.heldDuring(
            () -> {
              throw new IllegalStateException("failed");
            });
    assertThatThrownBy(work::run).hasMessage("failed");
    assertThat(limit.unused()).isTrue();
  }

  @Test
  void workThatNoThreadTakesIsTheFiltersAgain() {
    Permit permit = limit.acquire();
    permit.handOver();
    permit.takeBack();
    permit.releaseUnlessHandedOver();
    assertThat(limit.unused()).isTrue();
  }
}
