package net.insightpulseai.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class RawBodyTest {

  private static final AdmissionSettings SMALL =
      new AdmissionSettings(DataSize.ofBytes(4), 1, DataSize.ofBytes(4));

  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
  private final RawBody rawBody = new RawBody(SMALL, nanoTime::get);

  @Test
  void bodyThatDripsIsGivenUpAfterTenSeconds() {
    assertThat(refusal(stream(Duration.ofSeconds(6), null)).code()).isEqualTo("body_too_slow");
  }

  @Test
  void bodyThatDripsFastEnoughIsRead() {
    assertThat(rawBody.read(request(stream(Duration.ofSeconds(2), null)))).hasSize(3);
  }

  @Test
  void pauseThatTheContainerGivesUpIsSlowness() {
    Refusal refusal = refusal(stream(Duration.ZERO, new SocketTimeoutException("read")));
    assertThat(refusal.status()).isEqualTo(408);
  }

  @Test
  void bodyThatBreaksOffIsIncomplete() {
    Refusal refusal = refusal(stream(Duration.ZERO, new IOException("reset")));
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isEqualTo("body_incomplete");
  }

  private Refusal refusal(ServletInputStream in) {
    return catchThrowableOfType(Refusal.class, () -> rawBody.read(request(in)));
  }

  private static EdgeRequest request(ServletInputStream in) {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/") {
          @Override
          public ServletInputStream getInputStream() {
            return in;
          }
        };
    return new EdgeRequest(request, new Permit(new AdmissionLimit(1, Integer.MAX_VALUE)));
  }

  /** Three bytes, so long apart, and then the end or a failure. */
  private ServletInputStream stream(Duration apart, IOException end) {
    return new ServletInputStream() {
      private int left = 3;

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        nanoTime.addAndGet(apart.toNanos());
        if (left-- > 0) {
          into[offset] = 'x';
          return 1;
        }
        if (end != null) {
          throw end;
        }
        return -1;
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
      }

      @Override
      public boolean isFinished() {
        return left <= 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("this request is not asynchronous");
      }
    };
  }
}
