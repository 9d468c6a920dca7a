package net.insightpulseai.bridge.odoo;

import java.util.Random;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How Odoo's answers are judged. */
@Configuration(proxyBeanMethods = false)
class OdooConfiguration {

  @Bean
  AnswerPolicy odooAnswerPolicy(OdooSettings settings) {
    return new AnswerPolicy(new RetrySchedule(settings.retrySchedule(), new Random()));
  }

  /** For actions: {@code httpClientConfigurer: "#boundOdooAnswers"}. */
  @Bean
  BoundOdooAnswers boundOdooAnswers(OdooSettings settings) {
    return new BoundOdooAnswers(settings.deadline());
  }

  /** For the ping: {@code httpClientConfigurer: "#boundOdooPing"}. */
  @Bean
  BoundOdooAnswers boundOdooPing(OdooSettings settings) {
    return new BoundOdooAnswers(OdooSettings.CONNECT_TIMEOUT.plus(settings.pingTimeout()));
  }
}
