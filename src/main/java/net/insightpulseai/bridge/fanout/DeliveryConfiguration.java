package net.insightpulseai.bridge.fanout;

import java.util.Random;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundAnswers;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How subscribers' answers are bounded and counted. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  @Bean
  AnswerPolicy webhookAnswerPolicy(DeliverySettings settings) {
    return new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random()));
  }

  /** For deliveries: {@code httpClientConfigurer: "#boundDeliveryAnswers"}. */
  @Bean
  BoundAnswers boundDeliveryAnswers(DeliverySettings settings) {
    return new BoundAnswers(settings.responseTimeout());
  }
}
