package net.insightpulseai.bridge.action;

import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.outbox.HeldActions;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that end the wait of held actions, as the routes name them. */
@Configuration(proxyBeanMethods = false)
class HeldActionConfiguration {

  @Bean
  EndHeldActions releaseHeldActions(HeldActions held, @Qualifier("exactJson") ObjectMapper json) {
    return new EndHeldActions(held::release, held, json);
  }

  @Bean
  EndHeldActions discardHeldActions(HeldActions held, @Qualifier("exactJson") ObjectMapper json) {
    return new EndHeldActions(held::discard, held, json);
  }
}
