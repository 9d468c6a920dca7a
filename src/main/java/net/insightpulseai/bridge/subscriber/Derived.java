package net.insightpulseai.bridge.subscriber;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What each delivery needs of a subscriber's row in another form, such as its secrets in plain. It
 * is computed once for each time that {@link SubscriberCache} reads the row, because decryption and
 * the parsing of an address cost more than the signature of a small event.
 *
 * @param <T> the other form; it must not change
 */
public final class Derived<T> {

  private final Function<Subscriber, T> compute;
  private final Map<Long, Kept<T>> kept = new ConcurrentHashMap<>();

  /**
   * @param compute makes the other form; what it throws is thrown to the caller, and nothing is
   *     kept
   */
  public Derived(Function<Subscriber, T> compute) {
    this.compute = compute;
  }

  /** Weak, so that the secrets of a subscriber that is no longer used go with its row. */
  private record Kept<T>(WeakReference<Subscriber> row, T value) {}

  /** The other form of this very row; of a row that was read again, it is computed again. */
  public T of(Subscriber row) {
    Kept<T> before = kept.get(row.id());
    if (before != null && before.row().refersTo(row)) {
      return before.value();
    }
    T value = compute.apply(row);
    kept.values().removeIf(old -> old.row().refersTo(null));
    kept.put(row.id(), new Kept<>(new WeakReference<>(row), value));
    return value;
  }
}
