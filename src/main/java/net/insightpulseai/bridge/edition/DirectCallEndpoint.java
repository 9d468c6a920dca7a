package net.insightpulseai.bridge.edition;

import org.apache.camel.Producer;
import org.apache.camel.component.direct.DirectEndpoint;

/** An endpoint whose calls stay in the edition of the caller. */
final class DirectCallEndpoint extends DirectEndpoint {

  private final DirectCalls calls;
  private final String key;

  DirectCallEndpoint(String uri, DirectCalls calls) {
    super(uri, calls);
    this.calls = calls;
    this.key = uri.replaceFirst("\\?.*", "");
  }

  @Override
  public Producer createProducer() {
    return new DirectCall(this, calls, key);
  }
}
