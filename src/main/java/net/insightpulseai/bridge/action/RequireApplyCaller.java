package net.insightpulseai.bridge.action;

import java.util.stream.Stream;
import net.insightpulseai.bridge.config.BridgeMode;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Guard;
import net.insightpulseai.bridge.http.RawBody;
import org.apache.camel.Exchange;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Who may call {@code /bridge/apply}: as everywhere else, a caller with service access or a
 * signature. In demo mode also a caller with neither, as in the original contract's example;
 * nothing real is behind it.
 */
@Component("requireApplyCaller")
class RequireApplyCaller implements Guard {

  private final BridgeMode mode;
  private final Guard requireCaller;
  private final RawBody rawBody;

  RequireApplyCaller(
      BridgeMode mode, @Qualifier("requireCaller") Guard requireCaller, RawBody rawBody) {
    this.mode = mode;
    this.requireCaller = requireCaller;
    this.rawBody = rawBody;
  }

  @Override
  public boolean knows(ClientRequest request) {
    return !(mode.isDemo() && showsNothing(request)) && requireCaller.knows(request);
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    ClientRequest request = ClientRequest.of(exchange);
    if (mode.isDemo() && showsNothing(request)) {
      rawBody.read(exchange);
      request.requireUncompressed();
    } else {
      requireCaller.process(exchange);
    }
  }

  private static boolean showsNothing(ClientRequest request) {
    return Stream.of("authorization", "apikey", "x-signature", "webhook-signature")
        .allMatch(header -> request.header(header) == null);
  }
}
