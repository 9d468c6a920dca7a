package net.insightpulseai.bridge.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import net.insightpulseai.bridge.encryption.Binding;
import net.insightpulseai.bridge.encryption.Encryption;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.subscriber.HeaderList.Entry;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the fields {@code headers} and {@code basic_auth} of a body. */
@Component
class NewHeaders {

  static final String HEADERS = "headers";
  static final String BASIC = "basic_auth";
  private static final int LONGEST = 4_096;

  private final SecretReferences references;
  private final Encryption encryption;

  NewHeaders(SecretReferences references, Encryption encryption) {
    this.references = references;
    this.encryption = encryption;
  }

  /**
   * Merges a body into what a subscriber has (RFC 7396): a header that is null is removed, and all
   * are if the field is.
   *
   * @param id the subscriber's
   * @throws WrongDefinition if the result may not be sent
   * @throws Refusal 409 if there is no key to encrypt a value with
   */
  HeaderList merge(long id, HeaderList before, BodyFields body, @Nullable Kind kind) {
    Map<String, Entry> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    merged.putAll(before.entries());
    if (body.object().has(HEADERS)) {
      merge(id, merged, body.object().get(HEADERS));
    }
    if (body.object().has(BASIC)) {
      merged.values().removeIf(Entry::basic);
      String login = body.text(BASIC, LONGEST);
      if (login != null && merged.put(HeaderList.AUTHORIZATION, basic(id, login)) != null) {
        throw new WrongDefinition(BASIC, "must be left out where headers has Authorization");
      }
    }
    if (kind != Kind.WEBHOOK && !merged.isEmpty()) {
      throw new WrongDefinition(HEADERS, "must be left out: only a webhook has some");
    }
    HeaderRules.check(merged.keySet());
    return new HeaderList(merged);
  }

  private void merge(long id, Map<String, Entry> merged, JsonNode wanted) {
    if (wanted.isNull()) {
      merged.values().removeIf(entry -> !entry.basic());
      return;
    }
    if (!wanted.isObject()) {
      throw new WrongDefinition(HEADERS, "must be an object of names and values");
    }
    HeaderRules.check(wanted.properties().stream().map(Map.Entry::getKey).toList());
    for (Map.Entry<String, JsonNode> one : wanted.properties()) {
      // Under the new spelling of its name.
      Entry old = merged.remove(one.getKey());
      if (old != null && old.basic()) {
        throw new WrongDefinition(HEADERS, "must not have Authorization beside basic_auth");
      }
      if (!one.getValue().isNull()) {
        merged.put(one.getKey(), header(id, one.getKey(), one.getValue().textValue()));
      }
    }
  }

  private Entry header(long id, String name, @Nullable String value) {
    if (value != null && SecretReferences.isOne(value)) {
      if (!HeaderRules.isValue(references.text(value))) {
        throw noValue(HEADERS, name + " refers to no usable value");
      }
      return new Entry(null, value, false);
    }
    if (value == null || !HeaderRules.isValue(value)) {
      throw noValue(HEADERS, name + " is no usable value");
    }
    return sealed(value, SealedFields.header(id, name, false), false);
  }

  private Entry basic(long id, String login) {
    boolean elsewhere = SecretReferences.isOne(login);
    String text = elsewhere ? references.text(login) : login;
    if (LiveHeaders.basic(text) == null) {
      throw noValue(BASIC, "it is no user and password with a colon between them");
    }
    return elsewhere
        ? new Entry(null, login, true)
        : sealed(login, SealedFields.header(id, HeaderList.AUTHORIZATION, true), true);
  }

  private WrongDefinition noValue(String field, String what) {
    return new WrongDefinition(
        field,
        "must hold printable ASCII text, or a reference to it ("
            + references.expected()
            + "); "
            + what);
  }

  private Entry sealed(String value, Binding binding, boolean basic) {
    if (!encryption.available()) {
      throw new Refusal(
          409,
          "no_encryption_key",
          "The value of a header cannot be stored, because there is no key to encrypt it: set"
              + " bridge.encryption-key (BRIDGE_ENCRYPTION_KEY), or send a reference: "
              + references.expected());
    }
    return new Entry(encryption.seal(value.getBytes(UTF_8), binding), null, basic);
  }
}
