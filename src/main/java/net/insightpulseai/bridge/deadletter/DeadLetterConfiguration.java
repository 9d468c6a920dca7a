package net.insightpulseai.bridge.deadletter;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps that end dead letters, as the routes name them. */
@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

  @Bean
  EndDeadLetter requeueDeadLetter(DeadLetters letters, @Qualifier("exactJson") ObjectMapper json) {
    return new EndDeadLetter(Resolution.REQUEUED, letters, json);
  }

  @Bean
  EndDeadLetter discardDeadLetter(DeadLetters letters, @Qualifier("exactJson") ObjectMapper json) {
    return new EndDeadLetter(Resolution.DISCARDED, letters, json);
  }

  @Bean
  EndDeadLetters requeueDeadLetters(
      DeadLetters letters, @Qualifier("exactJson") ObjectMapper json) {
    return new EndDeadLetters(Resolution.REQUEUED, letters, json);
  }

  @Bean
  EndDeadLetters discardDeadLetters(
      DeadLetters letters, @Qualifier("exactJson") ObjectMapper json) {
    return new EndDeadLetters(Resolution.DISCARDED, letters, json);
  }
}
