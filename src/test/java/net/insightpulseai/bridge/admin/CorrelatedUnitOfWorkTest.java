package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class CorrelatedUnitOfWorkTest {

  private final ExecutorService front = Executors.newSingleThreadExecutor();
  private final ExecutorService back = Executors.newSingleThreadExecutor();
  private final CamelContext camel = new DefaultCamelContext();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws Exception {
    camel
        .getCamelContextExtension()
        .addContextPlugin(UnitOfWorkFactory.class, new CorrelatedLogging());
    camel.getCamelContextExtension().setReactiveExecutor(new MdcClearingExecutor());
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:request")
                .process(exchange -> note("in"))
                .filter(body().isNotEqualTo("none"))
                .process(e -> MDC.put("correlation_id", e.getMessage().getBody(String.class)))
                .end()
                .choice()
                .when(body().isNotNull())
                .process(exchange -> note("nested"))
                .end()
                .process(new AnsweredByAnotherThread())
                .process(exchange -> note("out"))
                .to("direct:called");
            from("direct:called").process(exchange -> note("called"));
          }
        });
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
    front.shutdownNow();
    back.shutdownNow();
  }

  @Test
  void everyStepAfterTheOneThatLearntTheIdShowsIt() throws Exception {
    request("a");

    assertThat(seen).containsExactly("in null", "nested a", "out a", "called a");
  }

  @Test
  void theNextRequestOnTheSameThreadsShowsNothingOfTheLast() throws Exception {
    request("a");
    seen.clear();
    request("none");

    assertThat(seen).containsExactly("in null", "nested null", "out null", "called null");
  }

  @Test
  void noThreadKeepsTheIdAfterItsExchange() throws Exception {
    request("a");

    assertThat(front.submit(() -> MDC.get("correlation_id")).get()).isNull();
    assertThat(back.submit(() -> MDC.get("correlation_id")).get()).isNull();
  }

  @Test
  void anIdThatTheConsumerKnewIsKept() throws Exception {
    front.submit(() -> MDC.put("correlation_id", "consumer")).get();

    request("none");

    assertThat(seen)
        .containsExactly("in consumer", "nested consumer", "out consumer", "called consumer");
    assertThat(front.submit(() -> MDC.get("correlation_id")).get()).isNull();
  }

  private void request(String body) throws Exception {
    Endpoint endpoint = camel.getEndpoint("direct:request");
    try (AsyncProducer producer = endpoint.createAsyncProducer()) {
      producer.start();
      Exchange exchange = endpoint.createExchange();
      exchange.getMessage().setBody(body);
      front.submit(() -> producer.processAsync(exchange)).get().get();
    }
    assertThat(seen).hasSize(4);
  }

  private void note(String step) {
    seen.add(step + " " + MDC.get("correlation_id"));
  }

  private class AnsweredByAnotherThread extends AsyncProcessorSupport {
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      back.execute(() -> callback.done(false));
      return false;
    }
  }
}
