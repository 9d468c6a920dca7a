package net.insightpulseai.bridge.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.JWTProcessor;
import java.text.ParseException;
import net.insightpulseai.bridge.http.GatewayRefusal;
import net.insightpulseai.bridge.http.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads the role of a token that it has verified. The algorithm picks the kind of key, never the
 * other way round: a public key cannot be mistaken for a shared secret.
 */
final class VerifiedToken {

  private final @Nullable JWTProcessor<SecurityContext> shared;
  private final @Nullable JWTProcessor<SecurityContext> published;

  /**
   * @param shared verifies HS256, or null
   * @param published verifies ES256 and RS256, or null
   */
  VerifiedToken(
      @Nullable JWTProcessor<SecurityContext> shared,
      @Nullable JWTProcessor<SecurityContext> published) {
    this.shared = shared;
    this.published = published;
  }

  /**
   * The verified claim {@code role}, empty if the token has none.
   *
   * @throws GatewayRefusal 401 if the token is not one, not valid, or not valid now
   */
  String role(String token) {
    SignedJWT jwt = parse(token);
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    if (algorithm.equals(JWSAlgorithm.HS256)) {
      return role(shared, jwt, "UNAUTHORIZED_LEGACY_JWT");
    }
    if (algorithm.equals(JWSAlgorithm.ES256) || algorithm.equals(JWSAlgorithm.RS256)) {
      return role(published, jwt, "UNAUTHORIZED_ASYMMETRIC_JWT");
    }
    throw unsupported();
  }

  private static String role(
      @Nullable JWTProcessor<SecurityContext> processor, SignedJWT jwt, String code) {
    if (processor == null) {
      throw invalid(code);
    }
    try {
      JWTClaimsSet claims = processor.process(jwt, null);
      return claims.getClaim("role") instanceof String role ? role : "";
    } catch (BadJOSEException | RateLimitReachedException e) {
      throw invalid(code);
    } catch (JOSEException e) {
      throw Refusal.unavailable(
          "keys_unavailable", "The keys that verify tokens are unreachable", 5);
    }
  }

  private static SignedJWT parse(String token) {
    try {
      JWT jwt = JWTParser.parse(token);
      if (jwt instanceof SignedJWT signed) {
        return signed;
      }
    } catch (ParseException | IllegalArgumentException e) {
      // It was probably meant as a key.
      throw new GatewayRefusal(
          401, "UNAUTHORIZED_INVALID_JWT_FORMAT", "Invalid JWT, and none of the service keys");
    }
    throw unsupported();
  }

  private static GatewayRefusal invalid(String code) {
    return new GatewayRefusal(401, code, "Invalid JWT");
  }

  private static GatewayRefusal unsupported() {
    // The gateway names the algorithm; nothing of a request's headers comes back from us.
    return new GatewayRefusal(
        401, "UNAUTHORIZED_UNSUPPORTED_TOKEN_ALGORITHM", "Unsupported JWT algorithm");
  }
}
