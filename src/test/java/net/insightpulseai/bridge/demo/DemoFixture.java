package net.insightpulseai.bridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.BridgeApplication;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestRealtime;
import net.insightpulseai.bridge.odoo.OdooSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.FileSystemUtils;

/** Starts demo mode in an environment that holds the addresses of real systems. */
abstract class DemoFixture {

  Path folder;
  TestDatabase real;
  TestOdoo realOdoo;
  TestRealtime realRealtime;

  @BeforeEach
  void create() throws IOException {
    Files.createDirectories(Path.of("target"));
    folder = Files.createTempDirectory(Path.of("target"), "demo-");
    real = TestDatabase.empty();
    realOdoo = new TestOdoo();
    realRealtime = new TestRealtime("sb_secret_real");
  }

  @AfterEach
  void remove() throws IOException {
    realRealtime.close();
    realOdoo.close();
    real.close();
    FileSystemUtils.deleteRecursively(folder);
  }

  ConfigurableApplicationContext start(String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--bridge.demo.folder=" + folder,
                "--server.port=0",
                // Bridges of other tests may be running in this JVM; MBean names are the JVM's.
                "--spring.jmx.enabled=false",
                "--management.server.port=0",
                "--SUPABASE_DB_URL=" + real.url(),
                "--ODOO_BASE_URL=" + realOdoo.url(),
                "--SUPABASE_URL=" + realRealtime.url()));
    settings.addAll(List.of(more));
    ConfigurableApplicationContext bridge =
        new SpringApplicationBuilder(BridgeApplication.class, LastWord.class)
            .profiles("demo")
            .run(settings.toArray(String[]::new));
    assertThat(bridge.getBean(OdooSettings.class).simulated()).isTrue();
    return bridge;
  }

  static HttpResponse<String> post(
      ConfigurableApplicationContext bridge, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(bridge, path)).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  static HttpResponse<String> get(
      ConfigurableApplicationContext bridge, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address(bridge, path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  static URI address(ConfigurableApplicationContext bridge, String path) {
    return URI.create(
        "http://127.0.0.1:" + bridge.getEnvironment().getProperty("local.server.port") + path);
  }

  /** Uses the database when the bridge is taken apart. */
  static final class LastWord implements DisposableBean {

    private final JdbcTemplate jdbc;
    int answer;

    LastWord(JdbcTemplate jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public void destroy() {
      answer = jdbc.queryForObject("select 1", Integer.class);
    }
  }
}
