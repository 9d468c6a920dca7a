package net.insightpulseai.bridge.cursor;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of all events, right behind one of them. Positions of the same {@code
 * restores} are ordered by {@code xact}, then by {@code id}.
 *
 * @param restores how often restored events had been found when it was made; one of an earlier
 *     count is out of date
 * @param xact the transaction that stored the event; 0 for a restored one
 * @param id the event's
 */
public record Position(int restores, long xact, long id) {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Integer.BYTES + 2 * Long.BYTES;
  private static final int CHECKED = LENGTH + Integer.BYTES;

  /** A text for clients, which says nothing to them: 34 letters, digits, hyphens, underscores. */
  public String text() {
    ByteBuffer bytes = ByteBuffer.allocate(CHECKED);
    bytes.put(VERSION).putInt(restores).putLong(xact).putLong(id);
    bytes.putInt(sum(bytes.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * Reads a text that a client has sent back. It may be forged: that it is well-formed says nothing
   * about whether there was such an event.
   *
   * @return null if {@link #text} did not make it
   */
  public static @Nullable Position parse(String text) {
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
    Position position = new Position(bytes.getInt(), bytes.getLong(), bytes.getLong());
    return version == VERSION
            && bytes.getInt() == sum(array)
            && position.restores >= 0
            && position.xact >= 0
            && position.id >= 0
        ? position
        : null;
  }

  /** Whether this is behind the other one, of the same count of restores. */
  public boolean isAfter(Position other) {
    return xact == other.xact ? id > other.id : xact > other.xact;
  }

  private static int sum(byte[] array) {
    CRC32 sum = new CRC32();
    sum.update(array, 0, LENGTH);
    return (int) sum.getValue();
  }
}
