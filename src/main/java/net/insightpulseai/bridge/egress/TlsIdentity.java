package net.insightpulseai.bridge.egress;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * What a connection shows and whom it trusts, as PEM texts. Equal ones share connections.
 *
 * @param ca the authorities that are trusted instead of the public ones; null: those
 * @param certificate the client certificate, with its chain; null: none is shown
 * @param key its key
 */
public record TlsIdentity(@Nullable String ca, @Nullable String certificate, @Nullable String key) {

  private static final char[] NO_PASSWORD = {};

  /**
   * The context for connections.
   *
   * @throws IllegalArgumentException names which of the texts cannot be used, and quotes none
   */
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManagerFactory keys = certificate == null ? null : keys(certificate, String.valueOf(key));
      TrustManagerFactory trust = ca == null ? null : trust(ca);
      context.init(
          keys == null ? null : keys.getKeyManagers(),
          trust == null ? null : trust.getTrustManagers(),
          null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("certificate and key do not belong together", e);
    }
  }

  /**
   * Checks that connections can be made with it.
   *
   * @throws IllegalArgumentException names which of the texts cannot be used, and quotes none
   */
  public void check() {
    context();
  }

  private static KeyManagerFactory keys(String certificate, String key)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> chain = certificates("certificate", certificate);
    KeyStore store = emptyStore();
    store.setKeyEntry("own", key(key), NO_PASSWORD, chain.toArray(new X509Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, NO_PASSWORD);
    return keys;
  }

  private static TrustManagerFactory trust(String ca) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    int number = 0;
    for (X509Certificate one : certificates("ca", ca)) {
      store.setCertificateEntry("ca-" + number++, one);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private static List<X509Certificate> certificates(String name, String text) {
    try {
      return PemContent.of(text).getCertificates();
    } catch (RuntimeException e) {
      // Its message may quote the text.
      throw new IllegalArgumentException(
          name + " holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
  }

  private static PrivateKey key(String text) {
    PrivateKey key = null;
    try {
      key = PemContent.of(text).getPrivateKey();
    } catch (RuntimeException e) {
      // said below, as its message may quote the text
    }
    if (key == null) {
      throw new IllegalArgumentException(
          "key holds no unencrypted private key in PEM (-----BEGIN PRIVATE KEY-----)");
    }
    return key;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /** Without the texts. */
  @Override
  public String toString() {
    return "TlsIdentity[]";
  }
}
