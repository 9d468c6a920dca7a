package net.insightpulseai.bridge.http;

/** Is told of each refused request, on the request's path: it must neither wait nor throw. */
@FunctionalInterface
public interface RefusedRequestListener {

  void refused(RefusedRequest request);
}
