package net.insightpulseai.bridge.odoo;

import java.util.Random;
import net.insightpulseai.bridge.answer.AnswerPolicy;
import net.insightpulseai.bridge.answer.BoundAnswers;
import net.insightpulseai.bridge.delivery.DeliverySettings;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How Odoo's answers are bounded and counted. */
@Configuration(proxyBeanMethods = false)
class OdooConfiguration {

  @Bean
  AnswerPolicy odooAnswerPolicy(OdooSettings settings) {
    return new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random()));
  }

  /** For actions: {@code httpClientConfigurer: "#boundOdooAnswers"}. */
  @Bean
  BoundAnswers boundOdooAnswers(OdooSettings settings) {
    return new BoundAnswers(settings.deadline());
  }

  /** For several actions in one call: {@code httpClientConfigurer: "#boundOdooBatch"}. */
  @Bean
  BoundAnswers boundOdooBatch(OdooSettings settings) {
    return new BoundAnswers(settings.deadline(), BatchAnswer.KEPT_BYTES);
  }

  /** For events to Odoo: {@code httpClientConfigurer: "#boundOdooEvent"}. */
  @Bean
  BoundAnswers boundOdooEvent(DeliverySettings settings) {
    return new BoundAnswers(settings.responseTimeout());
  }

  /** For the ping and for odoo-info: {@code httpClientConfigurer: "#boundOdooPing"}. */
  @Bean
  BoundAnswers boundOdooPing(OdooSettings settings) {
    return new BoundAnswers(OdooSettings.CONNECT_TIMEOUT.plus(settings.pingTimeout()));
  }
}
