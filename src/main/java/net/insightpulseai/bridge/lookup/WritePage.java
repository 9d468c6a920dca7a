package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Rows of a page in; out comes the page as the caller wants it. Each row has a {@code line}, its
 * JSON, which is copied as it is; the last one's {@code more} and {@code cursor} make the link to
 * the next page. A last row without a line is only that link.
 */
@Component("writePage")
class WritePage implements Processor {

  private final CsvRows csv;

  WritePage(CsvRows csv) {
    this.csv = csv;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Page page = exchange.getVariable(RouteVariables.PAGE, Page.class);
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    List<String> lines =
        rows.stream().filter(WritePage::hasLine).map(row -> column(row, "line")).toList();
    String next = next(page, rows);
    String text =
        switch (page.format()) {
          case JSON -> json(page.name(), lines, next);
          case NDJSON -> lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
          case CSV -> csv.write(lines);
        };
    message.setHeader(Exchange.CONTENT_TYPE, page.format().contentType());
    if (next != null) {
      message.setHeader("Link", "<" + next + ">; rel=\"next\"");
    }
    message.setBody(text.getBytes(UTF_8));
  }

  private static @Nullable String next(Page page, List<?> rows) {
    if (rows.isEmpty() || !Boolean.parseBoolean(column(rows.get(rows.size() - 1), "more"))) {
      return null;
    }
    String cursor = ReadPage.encode(column(rows.get(rows.size() - 1), "cursor"));
    return page.next(page.forward() ? "after" : "before", cursor);
  }

  private static boolean hasLine(Object row) {
    return ((Map<?, ?>) row).get("line") != null;
  }

  private static String column(Object row, String name) {
    return String.valueOf(((Map<?, ?>) row).get(name));
  }

  /** Needs no escape: names are ours, lines are JSON, the link is encoded for a URL. */
  private static String json(String name, List<String> lines, @Nullable String next) {
    return "{\"ok\":true,\""
        + name
        + "\":["
        + String.join(",", lines)
        + "],\"next\":"
        + (next == null ? "null" : "\"" + next + "\"")
        + "}";
  }
}
