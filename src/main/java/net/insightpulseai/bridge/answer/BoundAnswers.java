package net.insightpulseai.bridge.answer;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import net.insightpulseai.bridge.address.RealAddress;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.springframework.beans.factory.DisposableBean;

/** Bounds the answers of each HTTP step whose {@code httpClientConfigurer} it is. */
public class BoundAnswers implements HttpClientConfigurer, DisposableBean {

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
    timer = new ScheduledThreadPoolExecutor(1, BoundAnswers::daemon);
    timer.setRemoveOnCancelPolicy(true);
    // One byte more than is kept shows whether an answer was cut.
    bounds = new BoundedAnswer(deadline, kept + 1, timer);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder client) {
    client
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
