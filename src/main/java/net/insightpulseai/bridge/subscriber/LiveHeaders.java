package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import net.insightpulseai.bridge.encryption.Binding;
import net.insightpulseai.bridge.encryption.CannotOpen;
import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.encryption.Sealed;
import net.insightpulseai.bridge.subscriber.HeaderList.Entry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The headers of their own that webhooks get, with their values as they are now. */
@Component
public class LiveHeaders {

  private final DeclaredSubscribers declared;
  private final SecretReferences references;
  private final Encryption encryption;
  private final Derived<Map<String, String>> opened = new Derived<>(this::open);

  LiveHeaders(DeclaredSubscribers declared, SecretReferences references, Encryption encryption) {
    this.declared = declared;
    this.references = references;
    this.encryption = encryption;
  }

  /**
   * Values by name.
   *
   * @throws NoLiveSecret if one has no value, as without it nothing would be accepted
   */
  public Map<String, String> of(Subscriber subscriber) {
    return opened.of(subscriber);
  }

  private Map<String, String> open(Subscriber subscriber) {
    if (subscriber.owner() == Subscriber.Owner.FILE) {
      return declared.headers(subscriber.name());
    }
    Map<String, String> live = new LinkedHashMap<>();
    HeaderList.read(subscriber.headers())
        .entries()
        .forEach((name, entry) -> live.put(name, value(subscriber.id(), name, entry)));
    return Collections.unmodifiableMap(live);
  }

  private String value(long id, String name, Entry entry) {
    String text = text(id, name, entry);
    String value = entry.basic() ? basic(text) : text;
    if (value == null || !HeaderRules.isValue(value)) {
      throw new NoLiveSecret(
          "the header "
              + name
              + " has no value now: correct what it refers to or set it again, and resume the"
              + " subscriber");
    }
    return value;
  }

  private String text(long id, String name, Entry entry) {
    Sealed sealed = entry.sealed();
    if (sealed != null) {
      try {
        Binding binding = SealedFields.header(id, name, entry.basic());
        return new String(encryption.open(sealed.bytes(), sealed.keyId(), binding), UTF_8);
      } catch (CannotOpen e) {
        throw new NoLiveSecret(
            "the header "
                + name
                + " cannot be used: "
                + e.getMessage()
                + "; restore the key or set the header again, and resume the subscriber");
      }
    }
    return entry.reference() == null ? "" : references.text(entry.reference());
  }

  /** {@code Basic …} for {@code user:password}; null if that is not what the text is. */
  static @Nullable String basic(String login) {
    boolean usable = login.indexOf(':') > 0 && login.chars().noneMatch(Character::isISOControl);
    return usable ? "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)) : null;
  }
}
