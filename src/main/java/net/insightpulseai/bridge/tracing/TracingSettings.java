package net.insightpulseai.bridge.tracing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.BaseUrl;
import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go.
 *
 * @param endpoint base URL of an OpenTelemetry collector that takes OTLP over HTTP; empty: no
 *     traces
 * @param headers what the collector asks for, {@code name=value}, comma separated, such as a key
 * @param sampleRatio the share of traces that begin here and are sent, from 0 to 1; a trace that
 *     began elsewhere is sent if it was there
 * @param serviceName the name of this bridge among what sends to the collector
 */
@ConfigurationProperties("bridge.tracing")
public record TracingSettings(
    @DefaultValue("") String endpoint,
    @DefaultValue("") String headers,
    @DefaultValue("1.0") double sampleRatio,
    @DefaultValue("odoo-supabase-bridge") String serviceName) {

  /** As errors name the setting. */
  public static final String ENDPOINT = "bridge.tracing.endpoint (OTEL_EXPORTER_OTLP_ENDPOINT)";

  private static final String HEADERS = "bridge.tracing.headers (OTEL_EXPORTER_OTLP_HEADERS)";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$&'*+.^_`|~-]{1,100}");
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e][\\x20-\\x7e]{0,4000}");

  public TracingSettings {
    endpoint = BaseUrl.of(ENDPOINT, endpoint, "http://127.0.0.1:4318");
    if (!(sampleRatio >= 0 && sampleRatio <= 1)) {
      throw new StartRefused(
          "bridge.tracing.sample-ratio (OTEL_TRACES_SAMPLER_ARG)",
          String.valueOf(sampleRatio),
          "a number from 0 (none) to 1 (all)");
    }
    if (serviceName.isBlank()) {
      throw new StartRefused(
          "bridge.tracing.service-name (OTEL_SERVICE_NAME)", "nothing", "a name");
    }
    parse(headers);
  }

  /** Whether there is a collector. */
  public boolean on() {
    return !endpoint.isEmpty();
  }

  /** The headers by name. */
  Map<String, String> headerValues() {
    return parse(headers);
  }

  private static Map<String, String> parse(String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String pair : List.of(text.split(","))) {
      if (!pair.isBlank()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
          throw new StartRefused(
              HEADERS,
              "a part that is no header",
              "name=value in ASCII, comma separated, such as api-key=…");
        }
        headers.put(name, value);
      }
    }
    return headers;
  }

  /** Without the headers, which may hold a key. */
  @Override
  public String toString() {
    return "TracingSettings[" + (on() ? endpoint : "off") + ", " + sampleRatio + "]";
  }
}
