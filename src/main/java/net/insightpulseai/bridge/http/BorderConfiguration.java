package net.insightpulseai.bridge.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;

/** Puts the border in front of the routes on the public port. */
@Configuration(proxyBeanMethods = false)
class BorderConfiguration {

  @Bean
  FilterRegistrationBean<AdmissionFilter> admissionFilter(
      Admission admission, AdmissionSettings settings, Refusals refusals) {
    var filter = new FilterRegistrationBean<>(new AdmissionFilter(admission, settings, refusals));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    filter.setDispatcherTypes(DispatcherType.REQUEST);
    return filter;
  }

  /** The routes on the public port check their callers themselves, each as its YAML says. */
  @Bean
  SecurityFilterChain publicPort(ServletContext publicContext) {
    return new DefaultSecurityFilterChain(
        request -> publicContext.equals(request.getServletContext()));
  }

  /** By name, because Camel would else take whichever executor of the application it finds. */
  @Bean("platform-http-engine")
  PlatformHttpEngine platformHttpEngine(
      @Value("${server.port}") int port,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
    return new SpringBootPlatformHttpEngine(port, executor);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareErrors() {
    return factory ->
        factory.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(BareErrorValve.class.getName()));
  }
}
