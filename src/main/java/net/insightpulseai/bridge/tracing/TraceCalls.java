package net.insightpulseai.bridge.tracing;

import io.opentelemetry.api.trace.Tracer;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.sql.SqlEndpoint;
import org.apache.camel.spi.InterceptStrategy;

/** Gives a span to each step that calls another system or a statement, with the id of the step. */
final class TraceCalls implements InterceptStrategy {

  private final Tracer tracer;

  TraceCalls(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext camel, NamedNode step, Processor target, Processor next) {
    if (target instanceof EndpointAware send) {
      if (send.getEndpoint() instanceof HttpEndpoint) {
        return new TracedCall(target, new CallSpan(tracer, step.getId(), null));
      }
      if (send.getEndpoint() instanceof SqlEndpoint sql) {
        return new TracedCall(target, new CallSpan(tracer, step.getId(), statement(sql)));
      }
    }
    return target;
  }

  /** The statement's file, which is its name; a statement in a route has only its step. */
  private static String statement(SqlEndpoint sql) {
    String query = sql.getQuery();
    return query != null && query.startsWith("classpath:")
        ? query.substring("classpath:".length())
        : "";
  }
}
