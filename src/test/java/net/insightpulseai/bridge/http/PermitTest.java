package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PermitTest {

  private final AdmissionLimit budget = new AdmissionLimit(1, 10);

  @Test
  void fullBudgetGivesNoPlace() {
    Permit place = budget.take();
    assertThat(budget.take()).isNull();
    place.giveBackUnlessHandedOver();
    assertThat(budget.unused()).isTrue();
  }

  @Test
  void roomIsTakenAsBytesComeAndGivenBackWithThePlace() {
    Permit place = budget.take();
    assertThat(place.grow(6)).isTrue();
    assertThat(place.grow(6)).isFalse();
    assertThat(place.grow(4)).isTrue();
    place.giveBackUnlessHandedOver();
    assertThat(budget.unused()).isTrue();
  }

  @Test
  void placeIsGivenBackOnce() {
    Permit place = budget.take();
    place.giveBackUnlessHandedOver();
    place.giveBackUnlessHandedOver();
    assertThat(budget.take()).isNotNull();
    assertThat(budget.take()).isNull();
  }

  @Test
  void routeKeepsThePlaceUntilItEndsHoweverItEnds() {
    Permit place = budget.take();
    place.handOver();
    place.giveBackUnlessHandedOver();
    assertThat(budget.unused()).isFalse();
    Runnable work =
        place.kept(
            () -> {
              throw new IllegalStateException("failed");
            });
    assertThatThrownBy(work::run).hasMessage("failed");
    assertThat(budget.unused()).isTrue();
  }

  @Test
  void workThatNoThreadTakesIsTheFiltersAgain() {
    Permit place = budget.take();
    place.handOver();
    place.takeBack();
    place.giveBackUnlessHandedOver();
    assertThat(budget.unused()).isTrue();
  }
}
