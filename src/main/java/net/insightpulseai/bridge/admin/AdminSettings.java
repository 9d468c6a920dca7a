package net.insightpulseai.bridge.admin;

import jakarta.validation.constraints.NotBlank;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The login of the management port.
 *
 * @param user the user name
 * @param password the password; if empty, nobody can log in
 * @param hosts names with a dot under which browsers may reach the port
 */
@Validated
@ConfigurationProperties("bridge.admin")
record AdminSettings(
    @NotBlank @DefaultValue("admin") String user,
    @DefaultValue("") String password,
    @DefaultValue("") Set<String> hosts) {

  @Override
  public String toString() {
    return "AdminSettings[user=" + user + "]";
  }
}
