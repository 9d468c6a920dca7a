package net.insightpulseai.bridge.admin;

import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Tomcat on the management port, where Spring's servlets are. Spring Boot would take the same kind
 * of server as on the public port. Only the management port's context may find this class, so it
 * has no annotation: a file in {@code META-INF/spring} names it.
 */
class ManagementServer {

  /** The name by which Spring Boot has registered the other server. */
  private static final String SERVER = "ManagementContextWebServerFactory";

  @Bean
  static BeanDefinitionRegistryPostProcessor tomcat() {
    return registry ->
        registry.registerBeanDefinition(
            SERVER, new RootBeanDefinition(TomcatServletWebServerFactory.class));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> hostNames() {
    return factory -> factory.setProtocol(HostNames.class.getName());
  }
}
