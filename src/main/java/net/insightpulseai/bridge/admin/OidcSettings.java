package net.insightpulseai.bridge.admin;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.config.ThisMachine;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The login of single persons at an OpenID Connect provider, beside the two logins with a password.
 *
 * @param issuer the provider's issuer, as its tokens name it; empty: no such login
 * @param clientId the name by which the provider knows the bridge
 * @param clientSecret the secret that belongs to it; empty: a public client, with PKCE alone
 * @param redirectUri where the provider sends the browser back to: the address of the management
 *     port as browsers know it, with the path {@value #CALLBACK}
 * @param scopes what is asked for; {@code openid} is always among it
 * @param claim the claim of the ID token that says who may do what; dots lead into objects
 * @param operators its values that make an operator
 * @param viewers its values that make a viewer
 */
@ConfigurationProperties("bridge.admin.oidc")
public record OidcSettings(
    @DefaultValue("") String issuer,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret,
    @DefaultValue("") String redirectUri,
    @DefaultValue({"openid", "email"}) Set<String> scopes,
    @DefaultValue("") String claim,
    @DefaultValue("") Set<String> operators,
    @DefaultValue("") Set<String> viewers) {

  /** The path of {@code redirectUri}. */
  static final String CALLBACK = "/login/oauth2/code/oidc";

  private static final String ISSUER = "bridge.admin.oidc.issuer (BRIDGE_OIDC_ISSUER)";
  private static final String REDIRECT =
      "bridge.admin.oidc.redirect-uri (BRIDGE_OIDC_REDIRECT_URI)";

  public OidcSettings {
    issuer = issuer.strip();
    clientId = clientId.strip();
    redirectUri = redirectUri.strip();
    claim = claim.strip();
    scopes = withOpenid(words(scopes));
    operators = words(operators);
    viewers = words(viewers);
    if (!issuer.isEmpty()) {
      checkUrl(ISSUER, issuer, "https://auth.example.com/realms/erp");
      checkUrl(REDIRECT, redirectUri, "https://bridge.example.com" + CALLBACK);
      if (!redirectUri.endsWith(CALLBACK)) {
        throw new StartRefused(REDIRECT, "another path", "a URL that ends with " + CALLBACK);
      }
      if (clientId.isEmpty()) {
        throw new StartRefused(
            "bridge.admin.oidc.client-id (BRIDGE_OIDC_CLIENT_ID)",
            "nothing",
            "the name by which the provider of bridge.admin.oidc.issuer knows the bridge");
      }
      if (claim.isEmpty() || (operators.isEmpty() && viewers.isEmpty())) {
        throw new StartRefused(
            "bridge.admin.oidc.claim, .operators and .viewers (BRIDGE_OIDC_CLAIM,"
                + " BRIDGE_OIDC_OPERATORS, BRIDGE_OIDC_VIEWERS)",
            "nothing that names anybody",
            "a claim of the ID token, such as groups, and the values that make an operator or a"
                + " viewer: nobody else gets in");
      }
    }
  }

  /** Whether there is a provider. */
  boolean on() {
    return !issuer.isEmpty();
  }

  /**
   * Checks that an address may be called or redirected to: with TLS, unless it is this machine.
   *
   * @throws StartRefused if it may not
   */
  static void checkUrl(String key, String text, String example) {
    HttpUrl url;
    try {
      url = HttpUrl.of(text);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          key, text.isEmpty() ? "nothing" : "no URL", "a URL such as " + example);
    }
    if (!url.scheme().equalsIgnoreCase("https") && !ThisMachine.is(url.host())) {
      throw new StartRefused(
          key,
          "http:// for " + url.host() + ", which is not this machine",
          "https://, because an attacker who changes an answer on the way could log in as anybody");
    }
  }

  private static Set<String> words(Set<String> given) {
    return given.stream()
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> withOpenid(Set<String> scopes) {
    scopes.add("openid");
    return scopes;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "OidcSettings[" + (on() ? issuer : "off") + "]";
  }
}
