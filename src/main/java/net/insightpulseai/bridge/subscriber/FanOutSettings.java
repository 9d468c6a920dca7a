package net.insightpulseai.bridge.subscriber;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What subscribers may refer to.
 *
 * @param secretFolder below it are the files that a secret may be read from
 */
@ConfigurationProperties("bridge.fan-out")
record FanOutSettings(@DefaultValue("/run/secrets") Path secretFolder) {}
