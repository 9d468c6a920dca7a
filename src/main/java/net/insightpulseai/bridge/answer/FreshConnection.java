package net.insightpulseai.bridge.answer;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * Repeats a request once, on a new connection, when a kept one was closed by the other side just
 * then. Every call of the bridge carries an id by which a repetition is recognized, so none is
 * unsafe to repeat.
 */
final class FreshConnection implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpRequest again = ClassicRequestBuilder.copy(request).build();
    try {
      return chain.proceed(request, scope);
    } catch (StaleConnection e) {
      HttpEntity body = request.getEntity();
      if (scope.execRuntime.isExecutionAborted() || (body != null && !body.isRepeatable())) {
        throw e.failure();
      }
      // Others in the pool may be closed, too: what it hands out is connected anew.
      scope.execRuntime.acquireEndpoint(
          scope.exchangeId, scope.route, scope.clientContext.getUserToken(), scope.clientContext);
      scope.execRuntime.disconnectEndpoint();
      return chain.proceed(again, scope);
    }
  }
}
