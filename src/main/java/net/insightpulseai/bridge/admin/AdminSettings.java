package net.insightpulseai.bridge.admin;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The login of the management port.
 *
 * @param user the user name
 * @param password the password; if empty, nobody can log in
 */
@Validated
@ConfigurationProperties("bridge.admin")
record AdminSettings(
    @NotBlank @DefaultValue("admin") String user, @DefaultValue("") String password) {

  @Override
  public String toString() {
    return "AdminSettings[user=" + user + "]";
  }
}
