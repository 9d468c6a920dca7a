package net.insightpulseai.bridge.console;

import io.hawt.springboot.HawtioPlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds the tab Bridge to Hawtio. Its scripts are in {@code hawtio-static/static/bridge}. */
@Configuration(proxyBeanMethods = false)
class ConsoleTab {

  @Bean
  HawtioPlugin bridgeTab() {
    // Anything outside of static, js, css, img and fonts is answered with the console's own page.
    return new HawtioPlugin("bridgePlugin", "./plugin", "static/bridge");
  }
}
