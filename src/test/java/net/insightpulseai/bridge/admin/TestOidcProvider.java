package net.insightpulseai.bridge.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;

/**
 * An OpenID Connect provider on loopback. It keeps the rules of a real one (a code counts once and
 * only with its PKCE verifier), and makes the tokens that a test asks for.
 */
final class TestOidcProvider implements AutoCloseable {

  static final String CLIENT = "bridge";
  static final String SECRET = "client-secret-0123456789";

  private final TestSubscriber server = new TestSubscriber();
  private final RSAKey key = key();
  private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
  private volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
  private volatile Function<JWTClaimsSet, String> sign = this::signed;
  private volatile boolean away;

  TestOidcProvider() {
    server.answer(this::answer);
  }

  String issuer() {
    return server.url();
  }

  List<Call> calls() {
    return server.calls();
  }

  /** Everything as at first. */
  void reset() {
    claims = UnaryOperator.identity();
    sign = this::signed;
    away = false;
  }

  /** What is different in the tokens from now on. */
  void claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    claims = change;
  }

  /** How tokens are signed from now on. */
  void sign(Function<JWTClaimsSet, String> how) {
    sign = how;
  }

  /** Answers nothing but 503 from now on. */
  void away(boolean gone) {
    away = gone;
  }

  String signed(JWTClaimsSet set) {
    return signedWith(set, key);
  }

  static String signedWith(JWTClaimsSet set, RSAKey key) {
    try {
      SignedJWT token =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), set);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("k1").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public key as a shared secret, as an attacker would use it. */
  byte[] publicKey() {
    try {
      return key.toRSAPublicKey().getEncoded();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Somebody logs in at the address where the browser was sent; gives the code. */
  String login(String location) {
    Map<String, String> asked = parameters(URI.create(location).getRawQuery());
    String code = UUID.randomUUID().toString();
    codes.put(code, asked);
    return code;
  }

  static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return parameters;
  }

  private Answer answer(Call call) {
    if (away) {
      return Answer.of(503);
    }
    return switch (call.target()) {
      case "/.well-known/openid-configuration" -> json(discovery());
      case "/jwks" -> json(new JWKSet(key.toPublicJWK()).toString());
      case "/token" -> token(call);
      default -> Answer.of(404);
    };
  }

  private String discovery() {
    return """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
         "id_token_signing_alg_values_supported": ["RS256"]}"""
        .formatted(issuer());
  }

  private Answer token(Call call) {
    Map<String, String> form = parameters(call.text());
    Map<String, String> asked = codes.remove(form.get("code"));
    String login =
        "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
    if (asked == null
        || !login.equals(call.header("authorization"))
        || !asked.get("code_challenge").equals(challenge(form.get("code_verifier")))
        || !asked.get("redirect_uri").equals(form.get("redirect_uri"))) {
      return new Answer(
          400,
          Map.of("content-type", "application/json"),
          "{\"error\":\"invalid_grant\"}".getBytes(UTF_8));
    }
    Instant now = Instant.now();
    JWTClaimsSet set =
        claims
            .apply(
                new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .subject("person-1")
                    .audience(CLIENT)
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plusSeconds(300)))
                    .claim("nonce", asked.get("nonce"))
                    .claim("email", "ada@example.com")
                    .claim("email_verified", true)
                    .claim("groups", List.of("staff", "bridge-operators")))
            .build();
    return json(
        "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"%s\"}"
            .formatted(sign.apply(set)));
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(String.valueOf(verifier).getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer json(String body) {
    return new Answer(200, Map.of("content-type", "application/json"), body.getBytes(UTF_8));
  }

  @Override
  public void close() {
    server.close();
  }
}
