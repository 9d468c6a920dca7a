package net.insightpulseai.bridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Set;
import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.config.ThisMachine;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the verifiers of tokens from the settings. */
@Configuration(proxyBeanMethods = false)
class TokenKeys {

  private static final int FETCH_MILLIS = 3000;
  private static final int LARGEST_KEY_SET = 64 * 1024;
  // As long as Supabase's own edge caches it.
  private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final long OUTAGE_MILLIS = Duration.ofHours(4).toMillis();

  @Bean
  VerifiedToken verifiedToken(SupabaseSettings settings, Clock clock) {
    return new VerifiedToken(
        settings.jwtSecret().isBlank()
            ? null
            : processor(
                Set.of(JWSAlgorithm.HS256),
                new ImmutableSecret<>(settings.jwtSecret().getBytes(UTF_8)),
                clock),
        settings.jwks().isBlank()
            ? null
            : processor(
                Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256),
                keySet(settings.jwks().strip()),
                clock));
  }

  private static JWTProcessor<SecurityContext> processor(
      Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys, Clock clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(null, Set.of("exp")) {
          @Override
          protected Date currentTime() {
            return Date.from(clock.instant());
          }
        });
    return processor;
  }

  private static JWKSource<SecurityContext> keySet(String jwks) {
    try {
      if (jwks.startsWith("{")) {
        return new ImmutableJWKSet<>(JWKSet.parse(jwks));
      }
      HttpUrl url = HttpUrl.of(jwks);
      if (url.scheme().equalsIgnoreCase("https") || ThisMachine.is(url.host())) {
        return JWKSourceBuilder.<SecurityContext>create(
                URI.create(url.toString()).toURL(),
                new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, LARGEST_KEY_SET))
            .cache(KEPT_MILLIS, 2L * FETCH_MILLIS)
            .refreshAheadCache(false)
            .outageTolerant(OUTAGE_MILLIS)
            .build();
      }
    } catch (ParseException | MalformedURLException | IllegalArgumentException e) {
      throw new StartRefused(expectation());
    }
    throw new StartRefused(expectation());
  }

  private static String expectation() {
    return "bridge.supabase.jwks (SUPABASE_JWKS) is neither a JSON key set nor an https URL; expected"
        + " {\"keys\":[…]} or https://<project>.supabase.co/auth/v1/.well-known/jwks.json";
  }
}
