package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes repeated calls harmless: one effect per idempotency key. Only success leaves a receipt, so
 * that a corrected retry works. Not thread-safe.
 */
final class SimulatedReceipts {

  private static final int MOST = 10_000;

  private final Map<String, Receipt> receipts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Receipt> eldest) {
          return size() > MOST;
        }
      };

  /** A request and its result. */
  private record Receipt(String request, ObjectNode result) {}

  /** A result, and whether it is that of an earlier call. */
  record Applied(ObjectNode result, boolean replayed) {}

  /**
   * Performs the action unless its key was used before.
   *
   * @param request the canonical form of the action
   * @throws SimulatedRefusal if the key was used for another action
   */
  Applied once(String key, String request, Supplier<ObjectNode> performance) {
    Receipt receipt = receipts.get(key);
    if (receipt == null) {
      ObjectNode result = performance.get();
      receipts.put(key, new Receipt(request, result));
      return new Applied(result, false);
    }
    if (!receipt.request().equals(request)) {
      throw new SimulatedRefusal(
          422,
          "idempotency_key_reused",
          "this idempotency_key or event_id was already used for something else");
    }
    return new Applied(receipt.result(), true);
  }
}
