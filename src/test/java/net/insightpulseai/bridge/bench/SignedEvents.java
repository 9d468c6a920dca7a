package net.insightpulseai.bridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.UUID;
import net.insightpulseai.bridge.signature.HmacSha256;

/**
 * Distinct events as Odoo sends them, signed ahead so that signing costs nothing while it counts.
 */
final class SignedEvents {

  private final String secret;
  private final int records;
  private final SplittableRandom random = new SplittableRandom();
  private final Deque<Signed> ready = new ArrayDeque<>();
  private int made;

  /**
   * @param records how many records of Odoo they are about, in turns
   */
  SignedEvents(String secret, int records) {
    this.secret = secret;
    this.records = records;
  }

  /**
   * An event's request.
   *
   * @param number counts them from 0
   */
  record Signed(int number, String signature, Buffer body) {}

  /** Makes some ahead. */
  SignedEvents prepare(int count) {
    while (ready.size() < count) {
      ready.add(make());
    }
    return this;
  }

  /** The next one, made now if none is ready. */
  Signed next() {
    Signed next = ready.poll();
    return next != null ? next : make();
  }

  private Signed make() {
    int number = made++;
    byte[] body =
        """
        {"event_type":"res.partner.updated","resource_id":%d,"event_id":"%s","payload":{"name":"Acme %d","email":"acme%d@example.test","city":"Brussels","credit_limit":%d.5}}"""
            .formatted(
                number % records,
                new UUID(random.nextLong(), random.nextLong()),
                number,
                number,
                number)
            .getBytes(UTF_8);
    return new Signed(number, HmacSha256.hex(secret, body), Buffer.buffer(body));
  }
}
