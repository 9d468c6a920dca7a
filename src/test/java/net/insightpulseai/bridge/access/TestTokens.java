package net.insightpulseai.bridge.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Tokens as Supabase makes them, and others. */
final class TestTokens {

  static final String JWT_SECRET = "jwt-secret-of-at-least-thirty-two-bytes";
  static final Instant NOW = Instant.ofEpochSecond(1_770_000_000L);

  final ECKey ec;
  final RSAKey rsa;

  TestTokens() {
    try {
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
      rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What Supabase publishes. */
  String jwks() {
    return new JWKSet(List.of(ec, rsa)).toString(true);
  }

  static JWTClaimsSet.Builder claims(String role) {
    return new JWTClaimsSet.Builder()
        .claim("role", role)
        .expirationTime(Date.from(NOW.plusSeconds(3600)));
  }

  static String hs256(String role) {
    return hs256(claims(role), JWT_SECRET);
  }

  static String hs256(JWTClaimsSet.Builder claims, String secret) {
    try {
      return signed(new JWSHeader(JWSAlgorithm.HS256), claims, new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String es256(String role) {
    return signed(header(JWSAlgorithm.ES256, "ec"), claims(role), signer(ec));
  }

  String rs(JWSAlgorithm algorithm, String role) {
    return signed(header(algorithm, "rsa"), claims(role), signer(rsa));
  }

  /** The classic forgery: the published key, which everybody has, as the shared secret. */
  String hs256WithThePublishedKey(String role) {
    try {
      byte[] published = rsa.toRSAPublicKey().getEncoded();
      return signed(header(JWSAlgorithm.HS256, "rsa"), claims(role), new MACSigner(published));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWSSigner signer(ECKey key) {
    try {
      return new ECDSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWSSigner signer(RSAKey key) {
    try {
      return new RSASSASigner(key);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWSHeader header(JWSAlgorithm algorithm, String keyId) {
    return new JWSHeader.Builder(algorithm).keyID(keyId).build();
  }

  static String signed(JWSHeader header, JWTClaimsSet.Builder claims, JWSSigner signer) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims.build());
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
