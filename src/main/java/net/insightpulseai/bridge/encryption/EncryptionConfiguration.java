package net.insightpulseai.bridge.encryption;

import org.apache.camel.CamelContext;
import org.apache.camel.converter.crypto.CryptoDataFormat;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is encrypted, each with a key of its own. */
@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

  /** For what the bridge itself has to use again: subscribers' secrets. */
  @Bean
  Encryption encryption(
      CamelContext camel, FreshInitVector freshInitVector, EncryptionSettings settings) {
    return new Encryption(camel, freshInitVector, settings, "secret");
  }

  /** For what operators read. */
  @Bean(defaultCandidate = false)
  Encryption deadLetterEncryption(
      CamelContext camel, FreshInitVector freshInitVector, EncryptionSettings settings) {
    return new Encryption(camel, freshInitVector, settings, "dead letter");
  }

  /** The same as the data format of the route {@code dead-letter}. */
  @Bean
  CryptoDataFormat deadLetterCipher(@Qualifier("deadLetterEncryption") Encryption encryption) {
    return encryption.format();
  }
}
