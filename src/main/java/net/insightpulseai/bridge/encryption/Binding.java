package net.insightpulseai.bridge.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a sealed text belongs to. It is authenticated with the text, so that a copy in another row
 * or field does not open.
 *
 * @param table the table it is stored in
 * @param row what names its row there for as long as the row exists
 * @param field which of the row's sealed texts it is
 */
public record Binding(String table, String row, String field) {

  /**
   * Refuses what could be read as another binding.
   *
   * @throws IllegalArgumentException if a part has a line break
   */
  public Binding {
    if ((table + row + field).indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a part of a binding has a line break");
    }
  }

  byte[] bytes() {
    return (table + "\n" + row + "\n" + field).getBytes(UTF_8);
  }
}
