package net.insightpulseai.bridge.encryption;

import org.apache.camel.CamelContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two purposes of encryption, each with its own key. */
@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

  /** For what the bridge itself uses: subscribers' secrets. */
  @Bean
  Encryption encryption(CamelContext camel, EncryptionSettings settings) {
    return new Encryption(camel, settings, "secret");
  }

  /** For what operators read: dead letters. */
  @Bean(defaultCandidate = false)
  Encryption deadLetterEncryption(CamelContext camel, EncryptionSettings settings) {
    return new Encryption(camel, settings, "dead letter");
  }
}
