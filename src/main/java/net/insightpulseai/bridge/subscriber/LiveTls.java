package net.insightpulseai.bridge.subscriber;

import net.insightpulseai.bridge.egress.TlsIdentity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the connections to a webhook show and trust, read anew for each call. */
@Component
public class LiveTls {

  private final SecretReferences references;

  LiveTls(SecretReferences references) {
    this.references = references;
  }

  /**
   * The identity of a subscriber's connections; null if it needs none of its own.
   *
   * @throws NoLiveSecret if a text is not there
   */
  public @Nullable TlsIdentity of(Subscriber subscriber) {
    if (subscriber.tls() == null) {
      return null;
    }
    try {
      return read(subscriber.tls());
    } catch (WrongDefinition e) {
      throw new NoLiveSecret(
          "tls " + e.demand() + "; correct what it refers to, and resume the subscriber");
    }
  }

  /**
   * Reads the texts and checks that connections can be made with them.
   *
   * @throws WrongDefinition names the one that is wrong
   */
  void check(TlsReferences wanted) {
    try {
      read(wanted).check();
    } catch (IllegalArgumentException e) {
      throw new WrongDefinition("tls", "must be usable: " + e.getMessage());
    }
  }

  private TlsIdentity read(TlsReferences wanted) {
    if ((wanted.certificate() == null) != (wanted.key() == null)) {
      throw new WrongDefinition("tls", "must have certificate and key, or neither");
    }
    return new TlsIdentity(
        text("ca", wanted.ca()),
        text("certificate", wanted.certificate()),
        text("key", wanted.key()));
  }

  private @Nullable String text(String name, @Nullable String reference) {
    if (reference == null) {
      return null;
    }
    String text = SecretReferences.isOne(reference) ? references.text(reference) : "";
    if (text.isEmpty()) {
      throw new WrongDefinition(
          "tls", "must refer with " + name + " to a PEM text: expected " + references.expected());
    }
    return text;
  }
}
