package net.insightpulseai.bridge.admin;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Adds the login at an OpenID Connect provider to the management port. Spring Security speaks the
 * protocol; what is here keeps it to the ID token, to asymmetric signatures and to short waits.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OidcLogin.HasIssuer.class)
class OidcLogin {

  private static final String BEGIN = "/oauth2/authorization";

  private final OidcSettings settings;
  private final Clock clock;
  private final OidcProvider provider;

  OidcLogin(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.provider = new OidcProvider(settings, clock);
  }

  /** Whether a provider is named. */
  static final class HasIssuer implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().getProperty("bridge.admin.oidc.issuer", "").isBlank();
    }
  }

  /** Adds the login to the chain that is being built. */
  void addTo(HttpSecurity http) throws Exception {
    OidcPages pages =
        new OidcPages(new RateLimitedLog(LoggerFactory.getLogger(OidcLogin.class), clock));
    DefaultOAuth2AuthorizationRequestResolver requests =
        new DefaultOAuth2AuthorizationRequestResolver(provider, BEGIN);
    requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    boolean secure = settings.redirectUri().startsWith("https:");
    http.addFilterBefore(new OidcSessionAge(clock), AuthorizationFilter.class);
    http.oauth2Login(
        login ->
            login
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(
                    endpoint ->
                        endpoint
                            .authorizationRequestResolver(requests)
                            .authorizationRequestRepository(new PendingLogins(clock, secure)))
                .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(tokens()))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(this::person))
                .successHandler(pages)
                .failureHandler(pages)
                .withObjectPostProcessor(showing(pages)));
  }

  /** The way to the provider fails with a page, too. */
  private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> showing(
      OidcPages pages) {
    return new ObjectPostProcessor<>() {
      @Override
      public <T extends OAuth2AuthorizationRequestRedirectFilter> T postProcess(T filter) {
        filter.setAuthenticationFailureHandler(pages);
        return filter;
      }
    };
  }

  /** Offers it on the page of the login; Spring would ask the provider for its name first. */
  void offerIn(SecurityFilterChain chain) {
    for (Object filter : chain.getFilters()) {
      if (filter instanceof DefaultLoginPageGeneratingFilter page) {
        page.setOauth2LoginEnabled(true);
        page.setOauth2AuthenticationUrlToClientName(
            Map.of(BEGIN + "/" + OidcProvider.ID, settings.issuer()));
      }
    }
  }

  /** The ID token alone counts: it is signed, and nothing else has to be asked for. */
  private OidcUser person(OidcUserRequest request) {
    Role role = new OidcRoles(settings).of(request.getIdToken().getClaims());
    if (role == null) {
      throw new OAuth2AuthenticationException(OidcPages.NO_ROLE);
    }
    return new OidcPerson(request.getIdToken(), role);
  }

  private static RestClientAuthorizationCodeTokenResponseClient tokens() {
    RestClientAuthorizationCodeTokenResponseClient client =
        new RestClientAuthorizationCodeTokenResponseClient();
    client.setRestClient(
        RestClient.builder()
            .requestFactory(OidcProvider.connections())
            .messageConverters(
                converters -> {
                  converters.clear();
                  converters.add(new FormHttpMessageConverter());
                  converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    return client;
  }

  /** Checks signature, issuer, audience and times; Spring checks the nonce where it uses this. */
  @Bean
  JwtDecoderFactory<ClientRegistration> idTokens() {
    Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
    return registration ->
        decoders.computeIfAbsent(registration.getRegistrationId(), id -> decoder(registration));
  }

  private static JwtDecoder decoder(ClientRegistration registration) {
    NimbusJwtDecoder decoder =
        NimbusJwtDecoder.withJwkSetUri(registration.getProviderDetails().getJwkSetUri())
            // None of them can be made with a public key, or without any.
            .jwsAlgorithms(algorithms -> algorithms.addAll(List.of(SignatureAlgorithm.values())))
            .restOperations(new RestTemplate(OidcProvider.connections()))
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            new JwtTimestampValidator(), new OidcIdTokenValidator(registration)));
    decoder.setClaimSetConverter(
        new ClaimTypeConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
    return decoder;
  }
}
