package net.insightpulseai.bridge.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import net.insightpulseai.bridge.config.RateLimitedLog;
import net.insightpulseai.bridge.console.Overview;
import net.insightpulseai.bridge.console.OwnCalls;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/**
 * Puts the operations of the API on the management port. Only its context may find this class, so
 * it has no annotation: a file in {@code META-INF/spring} names it.
 */
class ConsoleOperations {

  @Bean
  ServletRegistrationBean<ConsoleServlet> consoleServlet(
      OwnCalls calls, Overview overview, @Qualifier("exactJson") ObjectMapper json, Clock clock) {
    RateLimitedLog log = new RateLimitedLog(LoggerFactory.getLogger(ConsoleServlet.class), clock);
    return new ServletRegistrationBean<>(
        new ConsoleServlet(calls, overview, json, log), "/bridge/*");
  }
}
