package net.insightpulseai.bridge.demo;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;

/** The beans of demo mode. */
@Configuration(proxyBeanMethods = false)
@Profile(DemoEnvironment.PROFILE)
class DemoConfiguration {

  @Bean
  EmbeddedPostgres embeddedPostgres(@Value("${" + DemoEnvironment.FOLDER + ":data}") Path folder) {
    try {
      return EmbeddedPostgres.start(folder);
    } catch (IOException | IllegalStateException e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    }
  }

  /** Marks every response, including refusals, as one of demo mode. */
  @Bean
  FilterRegistrationBean<Filter> demoHeader() {
    Filter filter =
        (request, response, chain) -> {
          ((HttpServletResponse) response).setHeader("x-bridge-mode", "demo");
          chain.doFilter(request, response);
        };
    FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setAsyncSupported(true);
    return registration;
  }
}
