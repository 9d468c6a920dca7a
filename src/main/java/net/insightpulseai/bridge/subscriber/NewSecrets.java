package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes a secret for a subscriber: generated, given, or a reference. */
@Component
class NewSecrets {

  private final SecretReferences references;
  private final Encryption encryption;

  NewSecrets(SecretReferences references, Encryption encryption) {
    this.references = references;
    this.encryption = encryption;
  }

  /**
   * A secret.
   *
   * @param entry for the column {@code secrets}
   * @param shown the secret to show the caller once; null if the caller knows it
   */
  record Made(SecretList.Entry entry, @Nullable String shown) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Made[]";
    }
  }

  /**
   * Makes one for a subscriber of this definition, which has one.
   *
   * @param subscriberId whose it is
   * @param wanted a reference, or a secret that a webhook's receiver has already; null for a new
   *     one
   * @throws Refusal 409 if there is no key to encrypt it with
   */
  Made make(long subscriberId, @Nullable String wanted, Definition subscriber) {
    if (subscriber.kind() != Kind.PULL) {
      return make(subscriberId, wanted, subscriber.signatureOrDefault());
    }
    if (wanted != null && !SecretReferences.isOne(wanted)) {
      throw new WrongDefinition(
          "secret", "must be left out, so that one is generated, or " + references.expected());
    }
    return wanted == null
        ? generated(subscriberId, SecretText.generateToken())
        : referred(wanted, subscriber.secretScheme());
  }

  /** Makes one that signs by this scheme. */
  Made make(long subscriberId, @Nullable String wanted, Signature scheme) {
    if (wanted == null) {
      return generated(subscriberId, SecretText.generate());
    }
    if (SecretReferences.isOne(wanted)) {
      return referred(wanted, scheme);
    }
    if (!SecretText.isStandard(wanted)) {
      throw new WrongDefinition(
          "secret", "must be left out, " + references.expected() + ", or " + SecretText.STANDARD);
    }
    return new Made(sealed(subscriberId, wanted), null);
  }

  private Made generated(long subscriberId, String secret) {
    return new Made(sealed(subscriberId, secret), secret);
  }

  private Made referred(String reference, Signature scheme) {
    if (!SecretText.suit(references.read(reference), scheme)) {
      throw new WrongDefinition(
          "secret",
          "refers to no usable secret: expected "
              + references.expected()
              + ", holding "
              + SecretText.expected(scheme));
    }
    return new Made(new SecretList.Entry(null, reference, null), null);
  }

  private SecretList.Entry sealed(long subscriberId, String secret) {
    if (!encryption.available()) {
      throw new Refusal(
          409,
          "no_encryption_key",
          "The secret cannot be stored, because there is no key to encrypt it: set bridge.encryption-key"
              + " (BRIDGE_ENCRYPTION_KEY), or send a reference as secret: "
              + references.expected());
    }
    return new SecretList.Entry(
        encryption.seal(secret.getBytes(UTF_8), SealedFields.secret(subscriberId)), null, null);
  }
}
