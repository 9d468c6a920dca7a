package net.insightpulseai.bridge.http;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Both ports may be called by names with an underscore. The management port's context knows this
 * class by a file in {@code META-INF/spring}, because it takes no customizers from its parent.
 */
@Configuration(proxyBeanMethods = false)
class HostNamesConfiguration {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> hostNames() {
    return factory -> factory.setProtocol(HostNames.class.getName());
  }
}
