package net.insightpulseai.bridge.http;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Routes that answer at once, late or wrongly, behind the same edge as the shipped ones. */
@TestConfiguration(proxyBeanMethods = false)
class EdgeRoutes {

  @Bean
  Held held() {
    return new Held();
  }

  @Bean
  RouteBuilder testRoutes(Held held) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        for (String path : new String[] {"/functions/v1/test", "/bridge/event/test"}) {
          guarded(path, "verifySignature").setBody(simple("${body.length}", String.class));
        }
        guarded("/test/caller", "requireCaller").setBody(simple("${body.length}", String.class));
        guarded("/test/webhook", "requireWebhookCaller")
            .setBody(simple("${body.length}", String.class));
        guarded("/test/open", "readBody").setBody(simple("${body.length}", String.class));
        guarded("/functions/v1/test_key", "requireServiceKey").setBody(constant("ok"));
        guarded("/bridge/event/held", "readBody").process(held::hold);
        guarded("/test/held", "readBody").process(held::hold);
        guarded("/test/failing", "readBody").throwException(new IllegalStateException("hush"));
        guarded("/functions/v1/test_failing", "readBody")
            .throwException(new SQLException("hush", "08006"));
        guarded("/test/unsendable", "readBody").setHeader("X-Note", constant("a\nb"));
        from("platform-http:/test/unguarded?httpMethodRestrict=POST")
            .throwException(new IllegalStateException("hush"));
      }

      private RouteDefinition guarded(String path, String guard) {
        var route =
            from("platform-http:" + path + "?httpMethodRestrict=POST")
                .routeId("test" + path)
                .routeConfigurationId("http-errors");
        route.process(guard).removeHeaders("*");
        return route;
      }
    };
  }

  /** Keeps exchanges until it is told to let them go. */
  static final class Held {

    private final AtomicInteger inside = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(1);

    void hold(Exchange exchange) throws InterruptedException {
      inside.incrementAndGet();
      try {
        gate.await(30, TimeUnit.SECONDS);
      } finally {
        inside.decrementAndGet();
      }
      exchange.getMessage().setBody("held");
    }

    int inside() {
      return inside.get();
    }

    void close() {
      gate = new CountDownLatch(1);
    }

    void open() {
      gate.countDown();
    }
  }
}
