package net.insightpulseai.bridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PositionTest {

  @Property(tries = 200)
  void itsTextIsReadAsTheSame(
      @ForAll @IntRange(min = 0) int restores,
      @ForAll @LongRange(min = 0) long xact,
      @ForAll @LongRange(min = 0) long id) {
    Position position = new Position(restores, xact, id);
    assertThat(position.text()).matches("[A-Za-z0-9_-]{34}");
    assertThat(Position.parse(position.text())).isEqualTo(position);
  }

  @Property(tries = 200)
  void aTextWithAnotherCharacterIsNone(
      @ForAll @LongRange(min = 0) long id, @ForAll @IntRange(min = 0, max = 32) int place) {
    StringBuilder text = new StringBuilder(new Position(0, 7, id).text());
    text.setCharAt(place, text.charAt(place) == 'A' ? 'B' : 'A');
    assertThat(Position.parse(text.toString())).isNull();
  }

  @Property(tries = 200)
  void anythingElseIsNone(@ForAll String text) {
    assertThat(Position.parse(text)).isNull();
  }
}
