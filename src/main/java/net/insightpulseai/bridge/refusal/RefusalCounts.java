package net.insightpulseai.bridge.refusal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.address.AddressGroup;
import net.insightpulseai.bridge.http.RefusedRequest;
import net.insightpulseai.bridge.http.RefusedRequestListener;
import org.springframework.stereotype.Component;

/**
 * Counts refused requests in memory until they are written. However many there are, it holds at
 * most {@value #MOST} counts and one more for each reason.
 */
@Component
class RefusalCounts implements RefusedRequestListener {

  static final int MOST = 500;

  private final Map<Key, Tally> counts = new HashMap<>();

  private record Key(Instant hour, String reason, String address) {}

  private record Tally(long count, Instant first, Instant last) {

    Tally plus(Tally other) {
      return new Tally(
          count + other.count,
          first.isBefore(other.first) ? first : other.first,
          last.isAfter(other.last) ? last : other.last);
    }
  }

  /**
   * A count that is to be written.
   *
   * @param hour when its hour began
   * @param reason the refusals' code
   * @param address an {@link AddressGroup}
   */
  record Count(
      Instant hour, String reason, String address, long count, Instant first, Instant last) {}

  @Override
  public void refused(RefusedRequest request) {
    Instant now = request.time();
    add(
        new Key(
            now.truncatedTo(ChronoUnit.HOURS),
            request.reason(),
            AddressGroup.of(request.address())),
        new Tally(1, now, now));
  }

  /** Takes what has been counted since the last time. */
  synchronized List<Count> take() {
    List<Count> taken = new ArrayList<>(counts.size());
    counts.forEach(
        (key, tally) ->
            taken.add(
                new Count(
                    key.hour(),
                    key.reason(),
                    key.address(),
                    tally.count(),
                    tally.first(),
                    tally.last())));
    counts.clear();
    return taken;
  }

  /** Puts back what could not be written. */
  void restore(List<Count> taken) {
    taken.forEach(
        one ->
            add(
                new Key(one.hour(), one.reason(), one.address()),
                new Tally(one.count(), one.first(), one.last())));
  }

  private synchronized void add(Key key, Tally tally) {
    Key counted =
        counts.size() < MOST || counts.containsKey(key)
            ? key
            : new Key(key.hour(), key.reason(), AddressGroup.OTHER);
    counts.merge(counted, tally, Tally::plus);
  }
}
