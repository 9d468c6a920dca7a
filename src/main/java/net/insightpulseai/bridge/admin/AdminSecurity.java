package net.insightpulseai.bridge.admin;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.HeaderWriterFilter;

/**
 * A login for everything on the management port: a form for browsers, basic authentication for
 * programs. Only {@code /actuator/health} needs no login; it then shows up or down and nothing
 * else. An operator may do everything, a viewer may look.
 */
@Configuration(proxyBeanMethods = false)
class AdminSecurity {

  /** The exact path only; the components below it need the login. */
  private static final String HEALTH = "/actuator/health";

  /**
   * Hawtio's HTTP proxy, which would call any port of this machine with the caller's headers. It is
   * switched off as well; a page from there would be of this origin.
   */
  private static final String PROXY = "/actuator/hawtio/proxy/**";

  /** What a viewer may get. Whatever else is switched on later is the operator's alone. */
  private static final String[] LOOKING = {
    "/actuator",
    "/actuator/health/**",
    "/actuator/info",
    "/actuator/prometheus",
    "/actuator/hawtio/**",
    "/actuator/jolokia/**",
    "/bridge/**"
  };

  /** Jolokia is asked by POST too; {@link JolokiaRules} keeps a viewer from changing anything. */
  private static final String[] ASKING = {"/actuator/hawtio/jolokia/**", "/actuator/jolokia/**"};

  @Bean
  SecurityFilterChain managementChain(
      HttpSecurity http,
      Environment environment,
      AdminLogin login,
      AdminSettings settings,
      ObjectProvider<OidcLogin> oidc)
      throws Exception {
    OidcLogin provider = oidc.getIfAvailable();
    if (provider != null) {
      provider.addTo(http);
    }
    SecurityFilterChain chain = chain(http, environment, login, settings);
    if (provider != null) {
      provider.offerIn(chain);
    }
    return chain;
  }

  private static SecurityFilterChain chain(
      HttpSecurity http, Environment environment, AdminLogin login, AdminSettings settings)
      throws Exception {
    return http.securityMatcher(new ManagementPort(environment))
        .addFilterBefore(new ManagementHosts(settings.hosts()), HeaderWriterFilter.class)
        .authenticationProvider(login)
        .authorizeHttpRequests(
            requests ->
                requests
                    .dispatcherTypeMatchers(DispatcherType.ERROR)
                    .permitAll()
                    .requestMatchers(HttpMethod.GET, HEALTH)
                    .permitAll()
                    .requestMatchers(JolokiaByGet::changesSomething)
                    .denyAll()
                    .requestMatchers(PROXY)
                    .denyAll()
                    .requestMatchers(HttpMethod.GET, LOOKING)
                    .hasRole(Role.VIEWER.name())
                    .requestMatchers(HttpMethod.POST, ASKING)
                    .hasRole(Role.VIEWER.name())
                    .anyRequest()
                    .hasRole(Role.OPERATOR.name()))
        .formLogin(form -> form.defaultSuccessUrl("/actuator/hawtio"))
        .httpBasic(withDefaults())
        .csrf(
            csrf ->
                csrf.csrfTokenRepository(csrfCookie())
                    .csrfTokenRequestHandler(eagerToken())
                    .ignoringRequestMatchers(AdminSecurity::isProgram))
        .build();
  }

  /** The scripts of Hawtio read this cookie and return it as a header. */
  private static CookieCsrfTokenRepository csrfCookie() {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    cookie.setCookieCustomizer(settings -> settings.sameSite("Strict"));
    return cookie;
  }

  private static CsrfTokenRequestAttributeHandler eagerToken() {
    CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
    handler.setCsrfRequestAttributeName(null); // writes the cookie with the first response
    return handler;
  }

  /** A browser adds Origin to every POST that another site triggers; curl does not. */
  private static boolean isProgram(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null
        && request.getHeader(HttpHeaders.ORIGIN) == null
        && request.getHeader(HttpHeaders.COOKIE) == null;
  }
}
