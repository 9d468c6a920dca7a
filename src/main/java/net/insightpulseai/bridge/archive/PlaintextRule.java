package net.insightpulseai.bridge.archive;

import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.config.StartRefused;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends no request without TLS to a machine that is not named for it. At each request, because the
 * SDK also takes addresses from variables and files of its own.
 */
final class PlaintextRule implements ExecutionInterceptor {

  private final PlaintextHosts allowed;

  PlaintextRule(PlaintextHosts allowed) {
    this.allowed = allowed;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission call, ExecutionAttributes attributes) {
    SdkHttpRequest request = call.httpRequest();
    if (!request.protocol().equalsIgnoreCase("https") && !allowed.allow(request.host())) {
      throw new StartRefused(
          ArchiveSettings.ENDPOINT,
          "http:// for " + request.host() + ", which is not this machine",
          "https://; " + PlaintextHosts.REMEDY);
    }
  }
}
