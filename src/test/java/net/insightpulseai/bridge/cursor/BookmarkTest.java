package net.insightpulseai.bridge.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BookmarkTest {

  @Property(tries = 200)
  void itsTextIsReadAsTheSame(
      @ForAll @IntRange(min = 0) int restores,
      @ForAll @IntRange(min = 0) int moves,
      @ForAll @LongRange(min = 0) long xact,
      @ForAll @LongRange(min = 0) long id) {
    Bookmark bookmark = new Bookmark(new Position(restores, xact, id), moves);
    assertThat(bookmark.text()).matches("[A-Za-z0-9_-]{39}");
    assertThat(Bookmark.parse(bookmark.text())).isEqualTo(bookmark);
  }

  @Property(tries = 200)
  void aTextWithAnotherCharacterIsNone(
      @ForAll @LongRange(min = 0) long id, @ForAll @IntRange(min = 0, max = 37) int place) {
    StringBuilder text = new StringBuilder(new Bookmark(new Position(0, 7, id), 0).text());
    text.setCharAt(place, text.charAt(place) == 'A' ? 'B' : 'A');
    assertThat(Bookmark.parse(text.toString())).isNull();
  }

  @Property(tries = 200)
  void anythingElseIsNone(@ForAll String text) {
    assertThat(Bookmark.parse(text)).isNull();
  }
}
