package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Puts admission and error answers in front of the routes on the public port. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

  private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

  /** Says on every answer, refusals included, that nothing real is behind it. */
  @Bean
  @Profile("demo")
  FilterRegistrationBean<Filter> demoHeader() {
    Filter header =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("x-bridge-mode", "demo");
          chain.doFilter(request, response);
        };
    var filter = new FilterRegistrationBean<>(header);
    filter.setOrder(FIRST);
    filter.setAsyncSupported(true);
    return filter;
  }

  @Bean
  FilterRegistrationBean<AdmissionFilter> admissionFilter(
      Admission admission,
      AdmissionSettings settings,
      Readiness readiness,
      StoppedRoutes stopped,
      Refusals refusals,
      Clock clock) {
    var filter =
        new FilterRegistrationBean<>(
            new AdmissionFilter(admission, settings, readiness, stopped, refusals, clock));
    filter.setOrder(FIRST + 1);
    filter.setDispatcherTypes(DispatcherType.REQUEST);
    return filter;
  }

  /** No filters: each route on the public port authenticates its callers, as its YAML shows. */
  @Bean
  SecurityFilterChain publicPort(ServletContext publicContext) {
    return new DefaultSecurityFilterChain(
        request -> publicContext.equals(request.getServletContext()));
  }

  @Bean
  ServletRegistrationBean<ErrorPage> errorServlet(
      ErrorPage page, @Value("${server.error.path:/error}") String path) {
    return new ServletRegistrationBean<>(page, path);
  }

  /**
   * Allows any header and any parameter name. Otherwise Spring Security would refuse them where
   * Camel reads them, with an error that quotes them in the log.
   */
  @Bean
  HttpFirewall httpFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowedHeaderNames(name -> true);
    firewall.setAllowedHeaderValues(value -> true);
    firewall.setAllowedParameterNames(name -> true);
    return firewall;
  }

  /** Defined here because Camel would otherwise use any executor that it finds. */
  @Bean("platform-http-engine")
  PlatformHttpEngine platformHttpEngine(
      @Value("${server.port}") int port,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
      MeterRegistry meters) {
    Counter aborted =
        Counter.builder("bridge.http.aborted")
            .description("Answers that could not be written, because the client had gone")
            .register(meters);
    return new EdgeEngine(port, new AdmittedExecutor(executor), aborted);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareErrors() {
    return factory ->
        factory.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(BareErrorValve.class.getName()));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> hostNames() {
    return factory -> factory.setProtocol(HostNames.class.getName());
  }
}
