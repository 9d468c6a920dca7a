package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.insightpulseai.bridge.encryption.TestEncryption;
import net.insightpulseai.bridge.subscriber.SubscriberCache;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.DisableJmx;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * The whole bridge with the shipped routes, a real database, and an Odoo and a Realtime that a test
 * programs. Tests with the same settings share one running bridge; its tables are emptied before
 * each test.
 */
@CamelSpringBootTest
@DisableJmx(false)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "server.address=127.0.0.1",
      "management.server.port=0",
      "spring.jmx.enabled=true",
      "spring.jmx.registration-policy=replace-existing",
      "management.prometheus.metrics.export.enabled=true",
      "bridge.egress.allow=127.0.0.0/8",
      "bridge.fan-out.secret-folder=" + BridgeTest.SECRET_FOLDER,
      "BRIDGE_SUBSCRIBER_TEST=" + BridgeTest.SUBSCRIBER_SECRET,
      "BRIDGE_ADMIN_PASSWORD=" + BridgeTest.ADMIN_PASSWORD,
      "EDGE_HMAC_SECRET=" + BridgeTest.SECRET,
      "SUPABASE_SERVICE_ROLE_KEY=" + BridgeTest.SERVICE_KEY,
      "BRIDGE_ENCRYPTION_KEY=" + TestEncryption.KEY,
      "ODOO_API_TOKEN=" + TestOdoo.TOKEN
    })
@Import(BridgeTest.Surroundings.class)
public abstract class BridgeTest {

  public static final String SECRET = "test-secret-0123456789abcdef";
  public static final String SERVICE_KEY = "test-service-key";
  public static final String ADMIN_PASSWORD = "test-admin-password";
  public static final String SECRET_FOLDER = "target/test-secrets";

  /** What {@code env:BRIDGE_SUBSCRIBER_TEST} refers to. */
  public static final String SUBSCRIBER_SECRET =
      "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @Autowired private TestDatabase database;
  @Autowired private TestOdoo odoo;
  @Autowired private TestRealtime realtime;
  @Autowired private SubscriberCache subscribers;
  @LocalServerPort private int port;

  /** What the bridge talks to; one of each for every running bridge. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Surroundings {

    @Bean(destroyMethod = "close")
    TestDatabase testDatabase() {
      return TestDatabase.fresh();
    }

    @Bean(destroyMethod = "close")
    TestOdoo testOdoo() {
      return new TestOdoo();
    }

    @Bean(destroyMethod = "close")
    TestRealtime testRealtime() {
      return new TestRealtime(SERVICE_KEY);
    }

    @Bean
    DynamicPropertyRegistrar addresses(
        TestDatabase database, TestOdoo odoo, TestRealtime realtime) {
      return registry -> {
        registry.add("SUPABASE_DB_URL", database::url);
        registry.add("SUPABASE_URL", realtime::url);
        registry.add("ODOO_BASE_URL", odoo::url);
      };
    }
  }

  @BeforeEach
  final void startFromNothing() {
    emptyTables();
    jdbc().update("delete from bridge.target where name like 'subscriber:%'");
    jdbc().update("update bridge.target set state = 'running', reason = null");
    odoo.reset();
    realtime.reset();
    subscribers.forget();
  }

  /** The engine and the timers go on meanwhile, and lock the same tables in an order of theirs. */
  private void emptyTables() {
    for (int left = 9; ; left--) {
      try {
        jdbc()
            .execute(
                "truncate public.audit_event, public.odoo_action_outbox, bridge.event_key, bridge.event_delivery,"
                    + " bridge.subscriber, bridge.attempt, bridge.dead_letter, bridge.replay restart identity");
        return;
      } catch (PessimisticLockingFailureException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  protected final JdbcTemplate jdbc() {
    return database.jdbc();
  }

  /** The only value that a query finds, as text. */
  protected final String text(String query, Object... arguments) {
    return jdbc().queryForObject(query, String.class, arguments);
  }

  /** The only delivery. */
  protected final Map<String, Object> delivery() {
    return jdbc().queryForMap("select * from bridge.event_delivery");
  }

  /** Waits until so many events have reached whom they are for. */
  protected final void awaitDelivered(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(
                        text(
                            "select count(*) from bridge.event_delivery where status = 'delivered'"))
                    .isEqualTo(String.valueOf(count)));
  }

  protected final TestDatabase database() {
    return database;
  }

  protected final TestOdoo odoo() {
    return odoo;
  }

  protected final TestRealtime realtime() {
    return realtime;
  }

  protected static String serviceKey() {
    return SERVICE_KEY;
  }

  protected final String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** The original contract's signature: lower-case hex of HMAC-SHA256 over the body. */
  public static String sign(byte[] body) {
    return sign(SECRET, body);
  }

  public static String sign(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String sign(String body) {
    return sign(body.getBytes(UTF_8));
  }

  /**
   * Posts JSON.
   *
   * @param headers names and values in turn; a content type among them replaces JSON's
   */
  protected final HttpResponse<String> post(String path, String body, String... headers) {
    return post(path, body.getBytes(UTF_8), headers);
  }

  protected final HttpResponse<String> post(String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    return send(request, headers);
  }

  /** Posts JSON with its signature. */
  protected final HttpResponse<String> postSigned(String path, String body) {
    return post(path, body, "x-signature", sign(body));
  }

  protected final HttpResponse<String> get(String path, String... headers) {
    return send(request(path).GET(), headers);
  }

  /** Any method with any body, which GET may have too. */
  protected final HttpResponse<String> call(
      String method, String path, byte[] body, String... headers) {
    return send(request(path).method(method, BodyPublishers.ofByteArray(body)), headers);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(30));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    for (int i = 0; i < headers.length; i += 2) {
      if (headers[i].equalsIgnoreCase("content-type")) {
        request.setHeader(headers[i], headers[i + 1]);
      } else {
        // Not setHeader: some tests repeat one.
        request.header(headers[i], headers[i + 1]);
      }
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
