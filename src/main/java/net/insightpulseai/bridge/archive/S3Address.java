package net.insightpulseai.bridge.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a bucket, such as {@code s3://bucket/prefix}.
 *
 * @param prefix with a slash at its end; empty: the names are those of the files alone
 */
record S3Address(String bucket, String prefix) {

  static final String SCHEME = "s3://";

  private static final Pattern FORM =
      Pattern.compile(
          "s3://([A-Za-z0-9][A-Za-z0-9._-]{1,62})((?:/[A-Za-z0-9!_.'()*=+-][A-Za-z0-9 !_.'()*=+-]{0,100}){0,20})/?");

  /** The place; null if the text is none. */
  static @Nullable S3Address of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String prefix = matcher.group(2);
    // Servers and proxies on the way would read them as another place.
    if ((prefix + "/").contains("/./") || (prefix + "/").contains("/../")) {
      return null;
    }
    return new S3Address(matcher.group(1), prefix.isEmpty() ? "" : prefix.substring(1) + "/");
  }

  String key(String name) {
    return prefix + name;
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + prefix;
  }
}
