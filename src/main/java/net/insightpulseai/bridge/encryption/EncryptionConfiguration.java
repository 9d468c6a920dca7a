package net.insightpulseai.bridge.encryption;

import org.apache.camel.CamelContext;
import org.apache.camel.converter.crypto.CryptoDataFormat;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two purposes of encryption, each with its own key. */
@Configuration(proxyBeanMethods = false)
class EncryptionConfiguration {

  /** For what the bridge itself uses: subscribers' secrets. */
  @Bean
  Encryption encryption(
      CamelContext camel, FreshInitVector freshInitVector, EncryptionSettings settings) {
    return new Encryption(camel, freshInitVector, settings, "secret");
  }

  /** For what operators read: dead letters. */
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
