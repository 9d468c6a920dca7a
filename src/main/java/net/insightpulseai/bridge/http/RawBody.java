package net.insightpulseai.bridge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.camel.Exchange;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Reads a request's body as raw bytes, limited in size and in time. */
@Component
public class RawBody {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int CHUNK = 8192;

  private final int maxBytes;
  private final LongSupplier nanoTime;

  @Autowired
  RawBody(AdmissionSettings settings) {
    this(settings, System::nanoTime);
  }

  RawBody(AdmissionSettings settings, LongSupplier nanoTime) {
    this.maxBytes = (int) settings.maxBody().toBytes();
    this.nanoTime = nanoTime;
  }

  /**
   * Makes the raw bytes the message's body.
   *
   * @throws Refusal 413 if there are too many, 408 if they arrive too slowly, 400 if they end
   *     early, 503 if the bodies in memory reach the limit
   */
  public byte[] read(Exchange exchange) {
    EdgeRequest request = ClientRequest.atTheEdge(exchange);
    byte[] body = request.body();
    if (body == null) {
      body = read(request);
      request.keepBody(body);
    }
    exchange.getMessage().setBody(body);
    return body;
  }

  byte[] read(EdgeRequest request) {
    long start = nanoTime.getAsLong();
    ByteArrayOutputStream body = new ByteArrayOutputStream(CHUNK);
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = request.rawBody();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (body.size() + read > maxBytes) {
          throw tooLarge(maxBytes);
        }
        if (!request.permit().grow(read)) {
          throw overloaded();
        }
        body.write(chunk, 0, read);
        if (nanoTime.getAsLong() - start > LONGEST.toNanos()) {
          throw tooSlow();
        }
      }
      return body.toByteArray();
    } catch (SocketTimeoutException e) {
      throw tooSlow();
    } catch (IOException e) {
      throw new Refusal(400, "body_incomplete", "The body ended before it was complete");
    }
  }

  static Refusal overloaded() {
    return Refusal.unavailable("overloaded", "Too many requests at once; send this one again", 1);
  }

  static Refusal tooLarge(int maxBytes) {
    return new Refusal(
        413, "body_too_large", "The body is larger than the limit of " + maxBytes + " bytes");
  }

  private static Refusal tooSlow() {
    return new Refusal(
        408, "body_too_slow", "The body did not arrive within " + LONGEST.toSeconds() + " seconds");
  }
}
