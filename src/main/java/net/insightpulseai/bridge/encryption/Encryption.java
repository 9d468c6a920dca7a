package net.insightpulseai.bridge.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts for one purpose: AES-256-GCM with a random nonce. What is sealed opens only
 * for the purpose, row and field that it was sealed for.
 */
public final class Encryption {

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int TAG_BITS = Envelope.TAG_BYTES * Byte.SIZE;

  private final SecureRandom random = new SecureRandom();
  private final UnboundForm unbound;
  private final String purpose;
  private final List<EncryptionKey> keys;

  Encryption(CamelContext camel, EncryptionSettings settings, String purpose) {
    this.unbound = new UnboundForm(camel, purpose);
    // Not the key of the first form: bytes of one form can never be read as the other.
    this.purpose = purpose + ", bound";
    this.keys = settings.keys();
  }

  /** Whether there is a key to encrypt with; routes call this. */
  public boolean available() {
    return !keys.isEmpty();
  }

  /**
   * Names the key that encrypts now.
   *
   * @throws IllegalStateException if there is none
   */
  public String keyId() {
    return current().id();
  }

  /**
   * Encrypts; the result differs each time.
   *
   * @throws IllegalStateException if there is no key
   */
  public Sealed seal(byte[] plain, Binding binding) {
    EncryptionKey key = current();
    byte[] nonce = new byte[Envelope.NONCE_BYTES];
    random.nextBytes(nonce);
    Envelope head = new Envelope(key.id(), nonce, new byte[0]);
    try {
      byte[] cipherText = cipher(Cipher.ENCRYPT_MODE, key, head, binding).doFinal(plain);
      return new Sealed(new Envelope(key.id(), nonce, cipherText).bytes(), key.id());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("nothing can be encrypted in this Java", e);
    }
  }

  /**
   * Decrypts.
   *
   * @param keyId names the key; it stands beside the bytes, and in those that are bound also in
   *     them
   * @throws CannotOpen if the key is missing, or the bytes were altered or sealed for another row
   */
  public byte[] open(byte[] sealed, String keyId, Binding binding) {
    EncryptionKey key = key(keyId);
    Envelope envelope = Envelope.read(sealed);
    if (envelope == null) {
      return unbound.open(sealed, key);
    }
    if (!envelope.keyId().equals(keyId)) {
      throw CannotOpen.altered(keyId);
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, envelope, binding).doFinal(envelope.cipherText());
    } catch (GeneralSecurityException e) {
      throw CannotOpen.altered(key.id());
    }
  }

  /** The id of the key that these bytes were sealed with; null if they are not sealed. */
  public static @Nullable String keyIdOf(byte[] bytes) {
    Envelope envelope = Envelope.read(bytes);
    return envelope == null ? null : envelope.keyId();
  }

  private Cipher cipher(int mode, EncryptionKey key, Envelope envelope, Binding binding)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key.forPurpose(purpose), new GCMParameterSpec(TAG_BITS, envelope.nonce()));
    cipher.updateAAD(envelope.head());
    cipher.updateAAD(binding.bytes());
    return cipher;
  }

  private EncryptionKey key(String keyId) {
    return keys.stream()
        .filter(one -> one.id().equals(keyId))
        .findFirst()
        .orElseThrow(() -> CannotOpen.keyMissing(keyId));
  }

  private EncryptionKey current() {
    if (keys.isEmpty()) {
      throw new IllegalStateException("bridge.encryption-key is not set");
    }
    return keys.get(0);
  }
}
