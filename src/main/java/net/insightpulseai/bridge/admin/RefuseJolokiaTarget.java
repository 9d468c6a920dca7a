package net.insightpulseai.bridge.admin;

import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;

/**
 * Refuses requests for another JVM, which Jolokia calls a proxy target. The module that would serve
 * them is not packaged; without this class, such a request would be served by this JVM, as if it
 * had no target. Jolokia creates it by its name, from {@code META-INF/jolokia/services}.
 */
public final class RefuseJolokiaTarget extends AbstractRequestHandler {

  private static final String TARGET = "target";

  /**
   * @param order before the handler for this JVM, whose order is 1000
   */
  public RefuseJolokiaTarget(int order) {
    super("refused", order);
  }

  @Override
  public boolean canHandle(JolokiaRequest request) {
    return request.getOption(TARGET) != null;
  }

  @Override
  public <R extends JolokiaRequest> Object handleRequest(R request, Object previousResult) {
    throw new SecurityException("Requests for another JVM are not allowed: leave out \"target\"");
  }
}
