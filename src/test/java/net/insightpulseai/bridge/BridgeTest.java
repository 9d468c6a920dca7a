package net.insightpulseai.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
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
import org.springframework.jmx.export.annotation.AnnotationMBeanExporter;
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
      // Not in tests of something else, which count the events.
      "bridge.incidents.open-after=1h",
      "bridge.fan-out.secret-folder=" + BridgeTest.SECRET_FOLDER,
      "BRIDGE_SUBSCRIBER_TEST=" + BridgeTest.SUBSCRIBER_SECRET,
      "BRIDGE_ADMIN_PASSWORD=" + BridgeTest.ADMIN_PASSWORD,
      "BRIDGE_VIEWER_PASSWORD=" + BridgeTest.VIEWER_PASSWORD,
      "EDGE_HMAC_SECRET=" + BridgeTest.SECRET,
      "SUPABASE_SERVICE_ROLE_KEY=" + BridgeTest.SERVICE_KEY,
      "BRIDGE_ENCRYPTION_KEY=" + TestEncryption.KEY,
      "ODOO_API_TOKEN=" + TestOdoo.TOKEN
    })
@Import(BridgeTest.Surroundings.class)
public abstract class BridgeTest extends BridgeCalls {

  public static final String SECRET = "test-secret-0123456789abcdef";

  public static final String SERVICE_KEY = "test-service-key";

  public static final String ADMIN_PASSWORD = "test-admin-password";

  public static final String VIEWER_PASSWORD = "test-viewer-password";

  public static final String SECRET_FOLDER = "target/test-secrets";

  /** What {@code env:BRIDGE_SUBSCRIBER_TEST} refers to. */
  public static final String SUBSCRIBER_SECRET =
      "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

  @Autowired private TestDatabase database;

  @Autowired private TestOdoo odoo;

  @Autowired private TestRealtime realtime;

  @Autowired private SubscriberCache subscribers;

  @Autowired private AnnotationMBeanExporter beans;

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

  /**
   * Makes the MBeans those of this bridge: of several in one JVM, the names belong to the one that
   * started last.
   */
  protected final void takeBeanNames() {
    beans.afterSingletonsInstantiated();
  }

  /** The engine and the timers go on meanwhile, and lock the same tables in an order of theirs. */
  private void emptyTables() {
    for (int left = 9; ; left--) {
      try {
        jdbc()
            .execute(
                "truncate public.audit_event, public.odoo_action_outbox, bridge.event_key, bridge.event_delivery,"
                    + " bridge.subscriber, bridge.attempt, bridge.dead_letter, bridge.replay, bridge.incident,"
                    + " bridge.subscriber_position, bridge.stream_lease restart identity");
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

  @Override
  protected final String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  /** The {@code message} of an error in JSON. */
  protected static String messageOf(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body()).path("message").textValue();
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
