package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import net.insightpulseai.bridge.http.JsonLimits;

/** Looks at a number before it is made: some exponents are none that Java could hold. */
final class ShortNumbers extends JsonParserDelegate {

  ShortNumbers(JsonParser parser) {
    super(parser);
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    JsonLimits.requireShort(getText());
    return super.getDecimalValue();
  }
}
