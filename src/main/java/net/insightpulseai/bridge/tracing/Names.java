package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Everything that a span may say, by OpenTelemetry's names where there is one. None of it is a
 * body, an address that somebody chose, or a value of a statement.
 */
final class Names {

  static final AttributeKey<String> CORRELATION_ID =
      AttributeKey.stringKey("bridge.correlation_id");
  static final AttributeKey<String> TARGET = AttributeKey.stringKey("bridge.target");
  static final AttributeKey<Long> ROW = AttributeKey.longKey("bridge.row_id");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("bridge.attempt");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("bridge.outcome");
  static final AttributeKey<Long> BATCH = AttributeKey.longKey("messaging.batch.message_count");
  static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");
  static final AttributeKey<String> STATEMENT = AttributeKey.stringKey("db.query.summary");

  private Names() {}
}
