package net.insightpulseai.bridge.admin;

import jakarta.validation.constraints.NotBlank;
import java.util.Set;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The logins of the management port.
 *
 * @param user the operator's name
 * @param password the operator's password; if empty, no operator can log in
 * @param viewer the viewer's name
 * @param viewerPassword the viewer's password; if empty, no viewer can log in
 * @param hosts names with a dot under which browsers may reach the port
 */
@Validated
@ConfigurationProperties("bridge.admin")
record AdminSettings(
    @NotBlank @DefaultValue("admin") String user,
    @DefaultValue("") String password,
    @NotBlank @DefaultValue("viewer") String viewer,
    @DefaultValue("") String viewerPassword,
    @DefaultValue("") Set<String> hosts) {

  AdminSettings {
    if (!viewerPassword.isEmpty() && viewer.equals(user)) {
      throw new StartRefused(
          "bridge.admin.viewer and bridge.admin.user are both "
              + user
              + "; expected two names, because the name says who may act");
    }
  }

  @Override
  public String toString() {
    return "AdminSettings[user=" + user + ", viewer=" + viewer + "]";
  }
}
