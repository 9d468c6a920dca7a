package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlaceTest {

  private final Budget budget = new Budget(1, 10);

  @Test
  void fullBudgetGivesNoPlace() {
    Place place = budget.take(1);
    assertThat(budget.take(1)).isNull();
    place.giveBackUnlessHandedOver();
    assertThat(budget.take(11)).isNull();
    assertThat(budget.unused()).isTrue();
  }

  @Test
  void placeIsGivenBackOnce() {
    Place place = budget.take(1);
    place.giveBackUnlessHandedOver();
    place.giveBackUnlessHandedOver();
    assertThat(budget.take(1)).isNotNull();
    assertThat(budget.take(1)).isNull();
  }

  @Test
  void routeKeepsThePlaceUntilItEndsHoweverItEnds() {
    Place place = budget.take(1);
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
    Place place = budget.take(1);
    place.handOver();
    place.takeBack();
    place.giveBackUnlessHandedOver();
    assertThat(budget.unused()).isTrue();
  }
}
