package net.insightpulseai.bridge.cursor;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscriber is, as its clients keep it.
 *
 * @param position up to where it has the events
 * @param moves how often an operator had moved the subscriber when it was made; one of another
 *     count is out of date
 */
public record Bookmark(Position position, int moves) {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + 2 * Integer.BYTES + 2 * Long.BYTES;
  private static final int CHECKED = LENGTH + Integer.BYTES;

  /** A text for clients, which says nothing to them: 39 letters, digits, hyphens, underscores. */
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(CHECKED);
    bytes.put(VERSION).putInt(position.restores()).putInt(moves);
    bytes.putLong(position.xact()).putLong(position.id());
    bytes.putInt(sum(bytes.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads a text that a client has sent back. It may be forged: that it is well-formed says nothing
   * about whether there was such an event.
   *
   * @return null if {@link #text} did not make it
   */
  public static @Nullable Bookmark parse(String text) {
    byte[] array;
    try {
      array = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (array.length != CHECKED) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(array);
    byte version = bytes.get();
    int restores = bytes.getInt();
    int moves = bytes.getInt();
    Position position = new Position(restores, bytes.getLong(), bytes.getLong());
    return version == VERSION
            && bytes.getInt() == sum(array)
            && restores >= 0
            && moves >= 0
            && position.xact() >= 0
            && position.id() >= 0
        ? new Bookmark(position, moves)
        : null;
  }

  private static int sum(byte[] array) {
    CRC32 sum = new CRC32();
    sum.update(array, 0, LENGTH);
    return (int) sum.getValue();
  }
}
