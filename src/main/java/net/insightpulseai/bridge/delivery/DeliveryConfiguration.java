package net.insightpulseai.bridge.delivery;

import java.time.Clock;
import java.util.Random;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundAnswers;
import net.insightpulseai.bridge.delivery.SignDelivery.Content;
import net.insightpulseai.bridge.egress.GuardedConnections;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.subscriber.LiveHeaders;
import net.insightpulseai.bridge.subscriber.SubscriberSecrets;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How subscribers' answers are bounded and counted. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  AnswerPolicy webhookAnswerPolicy(DeliverySettings settings) {
    return new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random()));
  }

  /**
   * For subscribers whose status is their answer: {@code httpClientConfigurer:
   * "#boundDeliveryAnswers"}.
   */
  @Bean
  BoundAnswers boundDeliveryAnswers(DeliverySettings settings) {
    return BoundAnswers.ofStatus(settings.responseTimeout());
  }

  /**
   * For URLs of subscribers: {@code httpClientConfigurer: "#guardedDeliveries"}. Not Camel's
   * composite, which would add the component's proxy after what is configured here.
   */
  @Bean
  HttpClientConfigurer guardedDeliveries(
      GuardedConnections guardedConnections,
      BoundAnswers boundDeliveryAnswers,
      UseTlsIdentity identity) {
    return client -> {
      // Before those that bounded answers put in front of it.
      client.addExecInterceptorFirst("tls-identity", identity);
      boundDeliveryAnswers.configureHttpClient(client);
      guardedConnections.configureHttpClient(client);
    };
  }

  /** Signs the thin form for a subscriber that refused the full one as too large. */
  @Bean
  SignDelivery signThinDelivery(
      SubscriberSecrets secrets, LiveHeaders headers, ThinMessage thinMessage, Clock clock) {
    return new SignDelivery(secrets::live, headers::of, thinMessage, clock, Content.THIN);
  }

  /** Signs what a route of an operator's own has made of an event. */
  @Bean
  SignDelivery signBody(
      SubscriberSecrets secrets, LiveHeaders headers, ThinMessage thinMessage, Clock clock) {
    return new SignDelivery(secrets::live, headers::of, thinMessage, clock, Content.BODY);
  }
}
