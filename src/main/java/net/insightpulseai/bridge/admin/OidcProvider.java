package net.insightpulseai.bridge.admin;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import net.insightpulseai.bridge.config.RateLimitedLog;
import net.insightpulseai.bridge.config.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;

/**
 * What is known of the provider. It is asked when somebody first logs in, and not at the start: a
 * provider that is away keeps nobody from starting the bridge, and nobody with a password out.
 */
final class OidcProvider implements ClientRegistrationRepository {

  /** The only one; part of the addresses. */
  static final String ID = "oidc";

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final OidcSettings settings;
  private final Clock clock;
  private final RateLimitedLog log;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile @Nullable ClientRegistration known;
  private @Nullable Instant failed;

  OidcProvider(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.log = new RateLimitedLog(LoggerFactory.getLogger(OidcProvider.class), clock);
  }

  /** Connections to the provider: they are given up soon, and follow no redirect. */
  static ClientHttpRequestFactory connections() {
    JdkClientHttpRequestFactory factory =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(LIMIT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    factory.setReadTimeout(LIMIT);
    return factory;
  }

  /**
   * @throws AuthenticationServiceException if the provider does not say how to log in
   */
  @Override
  public @Nullable ClientRegistration findByRegistrationId(String id) {
    if (!id.equals(ID)) {
      return null;
    }
    ClientRegistration registration = known;
    if (registration != null) {
      return registration;
    }
    // The others do not wait: anonymous requests could otherwise hold all threads of the port.
    if (!asking.tryLock()) {
      throw new AuthenticationServiceException("the provider is being asked; try again");
    }
    try {
      registration = ask();
      known = registration;
      return registration;
    } finally {
      asking.unlock();
    }
  }

  private ClientRegistration ask() {
    if (failed != null && clock.instant().isBefore(failed.plus(PAUSE))) {
      throw new AuthenticationServiceException("the provider did not answer a moment ago");
    }
    try {
      ClientRegistration registration = registration(discover());
      failed = null;
      return registration;
    } catch (RuntimeException e) {
      failed = clock.instant();
      // The message of what HTTP or JSON went wrong may quote what was answered.
      String why = e instanceof StartRefused ? e.getMessage() : e.getClass().getSimpleName();
      log.warn("Nobody can log in at " + settings.issuer() + ": " + why);
      throw new AuthenticationServiceException("the provider cannot be used", e);
    }
  }

  private Map<String, Object> discover() {
    Map<String, Object> found =
        RestClient.builder()
            .requestFactory(connections())
            .build()
            .get()
            .uri(settings.issuer().replaceFirst("/+$", "") + WELL_KNOWN)
            .retrieve()
            .body(new ParameterizedTypeReference<>() {});
    if (found == null || !settings.issuer().equals(found.get("issuer"))) {
      throw new StartRefused(
          "it says that it is another issuer; set bridge.admin.oidc.issuer to it");
    }
    return found;
  }

  private ClientRegistration registration(Map<String, Object> found) {
    return ClientRegistration.withRegistrationId(ID)
        .clientId(settings.clientId())
        .clientSecret(settings.clientSecret())
        .clientAuthenticationMethod(method(found.get("token_endpoint_auth_methods_supported")))
        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
        .redirectUri(settings.redirectUri())
        .scope(settings.scopes())
        .issuerUri(settings.issuer())
        .authorizationUri(address(found, "authorization_endpoint"))
        .tokenUri(address(found, "token_endpoint"))
        .jwkSetUri(address(found, "jwks_uri"))
        .build();
  }

  private ClientAuthenticationMethod method(@Nullable Object supported) {
    if (settings.clientSecret().isEmpty()) {
      return ClientAuthenticationMethod.NONE;
    }
    return supported instanceof List<?> methods && !methods.contains("client_secret_basic")
        ? ClientAuthenticationMethod.CLIENT_SECRET_POST
        : ClientAuthenticationMethod.CLIENT_SECRET_BASIC;
  }

  private static String address(Map<String, Object> found, String name) {
    String address = String.valueOf(found.get(name));
    OidcSettings.checkUrl("its " + name, address, "https://auth.example.com/token");
    return address;
  }
}
