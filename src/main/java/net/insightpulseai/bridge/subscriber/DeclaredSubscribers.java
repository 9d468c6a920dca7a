package net.insightpulseai.bridge.subscriber;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The subscribers that application.yaml owns.
 *
 * @param subscribers each checked on its own; {@link DeclareSubscribers} checks them against the
 *     database
 */
@ConfigurationProperties("bridge")
record DeclaredSubscribers(@DefaultValue List<DeclaredSubscriber> subscribers) {

  private static final String KEY = "bridge.subscribers";

  DeclaredSubscribers {
    subscribers = List.copyOf(subscribers);
    Set<String> names = new HashSet<>();
    boolean odoo = false;
    for (DeclaredSubscriber one : subscribers) {
      Definition wanted = one.definition();
      try {
        DefinitionRules.check(wanted);
        checkSecret(one, wanted.kind(), wanted.secretScheme());
        checkHeaders(one, wanted.kind() == Kind.WEBHOOK);
        if (!names.add(Objects.requireNonNull(wanted.name()))) {
          throw new WrongDefinition("name", "must not be the name of another entry");
        }
        if (odoo && wanted.kind() == Kind.ODOO) {
          throw new WrongDefinition(
              "kind", "must be another one: there is only one Odoo, and it already has an entry");
        }
      } catch (WrongDefinition e) {
        throw refused(one, e);
      }
      odoo |= wanted.kind() == Kind.ODOO;
    }
  }

  private static void checkSecret(DeclaredSubscriber one, @Nullable Kind kind, Signature scheme) {
    List<String> secrets = one.secrets();
    boolean wanted = kind != null && kind.hasSecret();
    if (!wanted && !secrets.isEmpty()) {
      throw new WrongDefinition(
          "secret", "must be left out: only a webhook and a pull subscriber have one");
    }
    // A pull subscriber without one is read with the service key.
    if (wanted
        && !(kind == Kind.PULL && secrets.isEmpty())
        && (secrets.stream().anyMatch(SecretReferences::isOne)
            || !SecretText.suit(secrets, scheme))) {
      throw new WrongDefinition(
          "secret",
          "must be "
              + SecretText.expected(scheme)
              + ", preferably from a variable ${…}; during a rotation several, comma separated,"
              + " newest first");
    }
  }

  private static void checkHeaders(DeclaredSubscriber one, boolean webhook) {
    Map<String, String> headers = one.headers() == null ? Map.of() : one.headers();
    HeaderRules.check(headers.keySet());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!HeaderRules.isValue(header.getValue())) {
        throw new WrongDefinition(
            NewHeaders.HEADERS,
            "must have printable ASCII text for "
                + header.getKey()
                + ", preferably from a variable ${…} that is set");
      }
    }
    if (one.basicAuth() != null && LiveHeaders.basic(one.basicAuth().strip()) == null) {
      throw new WrongDefinition(
          NewHeaders.BASIC,
          "must be a user and a password with a colon between them, preferably from a variable"
              + " ${…} that is set");
    }
    if (one.basicAuth() != null
        && headers.keySet().stream().anyMatch("authorization"::equalsIgnoreCase)) {
      throw new WrongDefinition(
          NewHeaders.BASIC, "must be left out where headers has Authorization");
    }
    if (!webhook && !one.ownHeaders().isEmpty()) {
      throw new WrongDefinition(NewHeaders.HEADERS, "must be left out: only a webhook has some");
    }
  }

  /** Names the entry and its key, for the line that explains why the bridge does not start. */
  static StartRefused refused(DeclaredSubscriber one, WrongDefinition wrong) {
    return new StartRefused(
        "%s, the entry %s: %s %s"
            .formatted(
                KEY,
                one.name() == null ? "without a name" : one.name(),
                wrong.field().replace('_', '-'),
                wrong.demand().replace("event_types", "event-types")));
  }

  /** The secrets of one of them, newest first; empty if there are none. */
  List<String> secrets(String name) {
    List<String> found = new ArrayList<>();
    subscribers.stream()
        .filter(one -> name.equals(one.definition().name()))
        .forEach(one -> found.addAll(one.secrets()));
    return found;
  }

  /** The headers of its own of one of them. */
  Map<String, String> headers(String name) {
    return subscribers.stream()
        .filter(one -> name.equals(one.definition().name()))
        .findFirst()
        .map(DeclaredSubscriber::ownHeaders)
        .orElse(Map.of());
  }

  /** Without the entries: settings may end up in a log. */
  @Override
  public String toString() {
    return "DeclaredSubscribers[" + subscribers.size() + "]";
  }
}
