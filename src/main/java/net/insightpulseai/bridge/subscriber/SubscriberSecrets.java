package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.insightpulseai.bridge.encryption.CannotOpen;
import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.encryption.Sealed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The secrets that deliveries to a subscriber are signed with. */
@Component
public class SubscriberSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(SubscriberSecrets.class);

  private final DeclaredSubscribers declared;
  private final SecretReferences references;
  private final Encryption encryption;
  private final Clock clock;
  private final Derived<List<Secret>> opened = new Derived<>(this::open);
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  SubscriberSecrets(
      DeclaredSubscribers declared,
      SecretReferences references,
      Encryption encryption,
      Clock clock) {
    this.declared = declared;
    this.references = references;
    this.encryption = encryption;
    this.clock = clock;
  }

  /** A secret in plain, and when it expires; null means never. */
  private record Secret(String text, @Nullable Instant until) {}

  /**
   * The secrets that are valid now, newest first: {@code whsec_…}, or any text where the scheme is
   * the original contract's. Empty if none can be had: without one nothing may be sent.
   */
  public List<String> live(Subscriber subscriber) {
    Instant now = clock.instant();
    List<String> live = new ArrayList<>();
    for (Secret secret : opened.of(subscriber)) {
      if (secret.until() == null || now.isBefore(secret.until())) {
        live.add(secret.text());
      }
    }
    return live;
  }

  private List<Secret> open(Subscriber subscriber) {
    if (subscriber.owner() == Subscriber.Owner.FILE) {
      return declared.secrets(subscriber.name()).stream()
          .map(text -> new Secret(text, null))
          .toList();
    }
    return SecretList.read(subscriber.secrets()).live(clock.instant()).entries().stream()
        .flatMap(entry -> texts(subscriber, entry).map(text -> new Secret(text, entry.until())))
        .toList();
  }

  private Stream<String> texts(Subscriber subscriber, SecretList.Entry entry) {
    if (entry.sealed() != null) {
      return opened(subscriber, entry.sealed());
    }
    return entry.reference() == null ? Stream.empty() : references.read(entry.reference()).stream();
  }

  private byte[] opened(long id, Sealed sealed) {
    return encryption.open(sealed.bytes(), sealed.keyId(), SealedFields.secret(id));
  }

  private Stream<String> opened(Subscriber subscriber, Sealed sealed) {
    try {
      return Stream.of(new String(opened(subscriber.id(), sealed), UTF_8));
    } catch (CannotOpen e) {
      if (logged.add(subscriber.id() + " " + sealed.keyId())) {
        LOG.error(
            "A secret of subscriber {} cannot be used: {}; restore the key, or rotate the secret",
            subscriber.name(),
            e.getMessage());
      }
      return Stream.empty();
    }
  }
}
