package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Answers with the description as a page, which is written when somebody asks for it first. */
@Component("writeApiPage")
class WriteApiPage implements Processor {

  private final SingletonSupplier<ApiPage> page =
      SingletonSupplier.of(() -> ApiPage.of(read("openapi.yaml"), read("openapi.css")));

  @Override
  public void process(Exchange exchange) {
    ApiPage written = page.obtain();
    Message message = exchange.getMessage();
    message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=utf-8");
    message.setHeader("Content-Security-Policy", written.policy());
    message.setHeader("X-Content-Type-Options", "nosniff");
    message.setBody(written.html().getBytes(UTF_8));
  }

  private static String read(String name) {
    try {
      return new ClassPathResource(name).getContentAsString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
