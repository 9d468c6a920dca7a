package net.insightpulseai.bridge.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page at /bridge/docs: complete, well formed, and able to do without anything else. */
class ApiPageTest extends BridgeTest {

  private HttpResponse<String> served;
  private OpenApi api;

  @BeforeEach
  void read() {
    served = get("/bridge/docs");
    api = new OpenApi(get("/bridge/openapi.yaml").body());
    api.accepts("get", "/bridge/docs", served);
  }

  @Test
  void everyOperationAndEverySchemaIsOnThePage() {
    Set<String> ids = ids();
    api.document()
        .findValues("operationId")
        .forEach(id -> assertThat(ids).contains("op-" + id.asText()));
    api.document()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> assertThat(ids).contains("schema-" + name));
    assertThat(served.body())
        .contains("/bridge/records/{model}/{id}")
        .contains("webhook-timestamp")
        .contains("WH/OUT/00318");
  }

  @Test
  void itIsWellFormedAndEveryLinkLeadsSomewhere() throws Exception {
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(served.body())));
    assertThat(page.getElementsByTagName("details").getLength()).isGreaterThan(40);
    Set<String> ids = ids();
    assertThat(found("href=\"#([^\"]*)\"")).hasSizeGreaterThan(30).isSubsetOf(ids);
    assertThat(found("href=\"([^#\"][^\"]*)\"")).containsExactly("openapi.d.ts", "openapi.yaml");
  }

  @Test
  void itLoadsNothingAndItsPolicyAllowsNothingButItsStyle() throws Exception {
    assertThat(served.body())
        .doesNotContain(
            "<script", "<img", "<link", "src=", "url(", "@import", " style=", " onclick");
    Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(served.body());
    assertThat(style.find()).isTrue();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(UTF_8)));
    assertThat(served.headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'none'; style-src 'sha256-" + hash + "'; ")
        .doesNotContain("unsafe");
    assertThat(served.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(served.headers().firstValue("content-type").orElse("").replace(" ", ""))
        .isEqualTo("text/html;charset=utf-8");
  }

  @Test
  void textOfTheDescriptionIsNoMarkup() {
    String page =
        ApiPage.of(
                "{info: {title: '<b>&', description: 'a `<i>` \"b\"'}, tags: [], components: {}}",
                "")
            .html();
    assertThat(page)
        .contains("<h1>&lt;b&gt;&amp;</h1>")
        .contains("<p>a <code>&lt;i&gt;</code> &quot;b&quot;</p>");
  }

  @Test
  void theTypesAreServedBesideIt() {
    HttpResponse<String> types = get("/bridge/openapi.d.ts");
    api.accepts("get", "/bridge/openapi.d.ts", types);
    assertThat(types.body()).contains("export type DeliveredEvent = ");
  }

  private Set<String> ids() {
    return found(" id=\"([^\"]*)\"");
  }

  private Set<String> found(String pattern) {
    Set<String> found = new TreeSet<>();
    Pattern.compile(pattern)
        .matcher(served.body())
        .results()
        .forEach(one -> found.add(one.group(1)));
    return found;
  }
}
