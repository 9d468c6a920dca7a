package net.insightpulseai.bridge.subscriber;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code bridge.subscribers} in application.yaml.
 *
 * @param secret of a webhook or a pull subscriber; several are comma separated, newest first
 * @param headers of a webhook: its own headers by name
 * @param basicAuth of a webhook: user and password with a colon between them. The rest as in {@link
 *     Subscriber}
 */
record DeclaredSubscriber(
    @Nullable String name,
    Subscriber.@Nullable Kind kind,
    @Nullable String url,
    @Nullable List<String> eventTypes,
    @Nullable List<String> sources,
    @Nullable Long company,
    Subscriber.@Nullable Format format,
    Subscriber.@Nullable Signature signature,
    Subscriber.@Nullable Mode mode,
    @Nullable String topic,
    @Nullable Integer rate,
    @Nullable Integer slots,
    @Nullable String secret,
    @Nullable Map<String, String> headers,
    @Nullable String basicAuth,
    @Nullable TlsReferences tls,
    @Nullable String filter,
    @Nullable List<String> fields) {

  /** Without the secret; an empty value, such as that of an unset variable, counts as absent. */
  Definition definition() {
    return new Definition(
        filled(name),
        kind,
        filled(url),
        filled(eventTypes),
        filled(sources),
        company,
        format,
        signature,
        mode,
        filled(topic),
        rate,
        slots,
        tls == null || tls.isEmpty() ? null : tls,
        filled(filter),
        filled(fields));
  }

  List<String> secrets() {
    return secret == null ? List.of() : SecretText.split(secret);
  }

  /** Its own headers with their values; checked when the entry is. */
  Map<String, String> ownHeaders() {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers == null ? Map.of() : headers);
    String login = basicAuth == null ? null : LiveHeaders.basic(basicAuth.strip());
    if (login != null) {
      all.putIfAbsent(HeaderList.AUTHORIZATION, login);
    }
    return all;
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static @Nullable List<String> filled(@Nullable List<String> texts) {
    return texts == null || texts.isEmpty() ? null : texts;
  }

  /** Without secret and URL: settings may end up in a log. */
  @Override
  public String toString() {
    return "DeclaredSubscriber[" + name + ", " + kind + "]";
  }
}
