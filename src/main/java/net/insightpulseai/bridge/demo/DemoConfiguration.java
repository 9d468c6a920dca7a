package net.insightpulseai.bridge.demo;

import java.io.IOException;
import java.nio.file.Path;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.embedded.EmbeddedPostgres;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

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
}
