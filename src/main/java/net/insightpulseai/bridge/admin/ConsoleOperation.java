package net.insightpulseai.bridge.admin;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operation of the API that the management port passes on. Those that take something from
 * another system are not among them.
 *
 * @param path of the requests, decoded or not
 * @param person the field, or for DELETE the query parameter, that says who did it; null if the
 *     operation takes none
 */
record ConsoleOperation(String method, Pattern path, @Nullable String person) {

  private static final String WHO = "who";
  private static final String PART = "/[^/]+";

  private static final List<ConsoleOperation> ALL =
      List.of(
          looking(
              "/(events|actions|dead-letters|subscribers|replays|targets|incidents|pairing|refusals|replicas|route-versions)"),
          looking("/(events|actions|dead-letters|subscribers|replays|trace|route-versions)" + PART),
          looking("/(events|subscribers)" + PART + "/deliveries"),
          looking("/records" + PART + PART),
          acting("POST", "/actions" + PART + "/cancel", "by"),
          acting("POST", "/actions/held/(release|discard)", WHO),
          acting("POST", "/dead-letters(" + PART + ")?/(requeue|discard)", WHO),
          acting("POST", "/(targets|subscribers)" + PART + "/(pause|resume)", WHO),
          acting("POST", "/replays" + PART + "/(pause|resume|cancel)", WHO),
          acting("POST", "/replay", WHO),
          acting("POST", "/pairing", WHO),
          acting("POST", "/route-versions" + PART + "/rollback", WHO),
          acting("POST", "/route-versions/unpin", WHO),
          acting("POST", "/subscribers", WHO),
          acting("PATCH", "/subscribers" + PART, WHO),
          acting("DELETE", "/subscribers" + PART, WHO),
          acting("POST", "/subscribers" + PART + "/rotate-secret", WHO),
          acting("POST", "/subscribers" + PART + "/test", null));

  /** Whether it asks for stored events to be delivered again. */
  boolean isReplay() {
    return path.pattern().endsWith("/replay");
  }

  private static ConsoleOperation looking(String path) {
    return acting("GET", path, null);
  }

  private static ConsoleOperation acting(String method, String path, @Nullable String person) {
    return new ConsoleOperation(method, Pattern.compile("/bridge" + path), person);
  }

  /** The operation that a request asks for; null if there is none. */
  static @Nullable ConsoleOperation of(String method, String path) {
    return ALL.stream()
        .filter(one -> one.method.equals(method) && one.path.matcher(path).matches())
        .findFirst()
        .orElse(null);
  }
}
