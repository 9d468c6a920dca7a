package net.insightpulseai.bridge.answer;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import net.insightpulseai.bridge.address.RealAddress;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/** Bounds the answers of each HTTP step whose {@code httpClientConfigurer} it is. */
public class BoundAnswers implements HttpClientConfigurer, DisposableBean {

  /** How long the body of an answer is read whose status says all. */
  static final Duration EXCERPT = Duration.ofSeconds(2);

  private final ScheduledThreadPoolExecutor timer;
  private final BoundedAnswer bounds;

  /**
   * @param deadline for a whole call
   */
  public BoundAnswers(Duration deadline) {
    this(deadline, Answer.KEPT_BYTES);
  }

  /**
   * @param deadline for a whole call
   * @param kept how much of a body is kept
   */
  public BoundAnswers(Duration deadline, int kept) {
    this(deadline, kept, null);
  }

  private BoundAnswers(Duration deadline, int kept, @Nullable Duration excerpt) {
    timer = new ScheduledThreadPoolExecutor(1, BoundAnswers::daemon);
    timer.setRemoveOnCancelPolicy(true);
    // One byte more than is kept shows whether an answer was cut.
    bounds = new BoundedAnswer(deadline, kept + 1, excerpt, timer);
  }

  /**
   * For targets whose status is their answer; the body is an excerpt for people.
   *
   * @param deadline for a whole call
   */
  public static BoundAnswers ofStatus(Duration deadline) {
    return new BoundAnswers(deadline, Answer.KEPT_BYTES, EXCERPT);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    if (bounds.excerpt() != null) {
      client.disableContentCompression();
    }
    client
        .setRequestExecutor(new AnswerReader(bounds.excerpt() != null))
        // The last one added comes first.
        .addExecInterceptorFirst("fresh-connection", new FreshConnection())
        .addExecInterceptorFirst("real-address", new RealAddress())
        .addExecInterceptorFirst("bounded-answer", bounds);
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "answer-deadline");
    thread.setDaemon(true);
    return thread;
  }
}
