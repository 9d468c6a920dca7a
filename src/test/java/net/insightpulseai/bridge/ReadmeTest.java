package net.insightpulseai.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** What the README says of settings, tests and signing is so. */
class ReadmeTest {

  private static final String README = read(Path.of("README.md"));

  @Test
  void everySettingStandsInTheTableWithItsVariableAndDefault() throws IOException {
    Map<String, Object> file = new Yaml().load(Files.readString(Path.of("application.yaml")));
    List<String> missing = new ArrayList<>();
    rows("bridge", file.get("bridge"), missing);
    assertThat(missing).isEmpty();
  }

  private static void rows(String key, Object value, List<String> missing) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> rows(key + "." + name, inner, missing));
      return;
    }
    if (value instanceof List<?> entries) {
      String row = "| `%s` |  | %s |".formatted(key, entries.size() == 1 ? "one entry" : "entries");
      if (README.lines().noneMatch(line -> line.startsWith(row))) {
        missing.add(row);
      }
      return;
    }
    Matcher variable = Pattern.compile("\\$\\{([A-Z_]+):(.*)}").matcher(String.valueOf(value));
    boolean named = variable.matches();
    String row =
        "| `%s` | %s | %s |"
            .formatted(
                key,
                named ? "`" + variable.group(1) + "`" : "",
                code(named ? variable.group(2) : String.valueOf(value)));
    if (README.lines().noneMatch(line -> line.startsWith(row))) {
      missing.add(row);
    }
  }

  private static String code(String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    Matcher named = Pattern.compile("(\\w+Test)#(\\w+)").matcher(README);
    int count = 0;
    while (named.find()) {
      count++;
      String file = named.group(1) + ".java";
      try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
        List<Path> found = sources.filter(path -> path.endsWith(file)).toList();
        assertThat(found).as(file).hasSize(1);
        assertThat(read(found.get(0))).contains("void " + named.group(2) + "(");
      }
    }
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void everyRouteFileIsNamed() throws IOException {
    Path routes = Path.of("routes");
    try (Stream<Path> files = Files.walk(routes)) {
      List<String> unnamed =
          files
              .map(path -> routes.relativize(path).toString())
              .filter(name -> name.endsWith(".camel.yaml"))
              .filter(name -> !README.contains("`" + name + "`"))
              .toList();
      assertThat(unnamed).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"python, python3, py", "typescript, node, mjs", "sh, sh, sh"})
  void theSigningSnippetsSignAsTheBridgeVerifies(
      String language, String interpreter, String ending, @TempDir Path folder) throws Exception {
    Matcher block =
        Pattern.compile("## Signing a request.*?```" + language + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(README);
    assertThat(block.find()).as("a snippet in " + language).isTrue();
    if (!installed(interpreter) || (language.equals("sh") && !installed("openssl"))) {
      return;
    }
    Path script = Files.writeString(folder.resolve("sign." + ending), block.group(1));
    ProcessBuilder builder = new ProcessBuilder(interpreter, script.toString());
    builder.environment().put("EDGE_HMAC_SECRET", BridgeTest.SECRET);
    Process process = builder.start();
    String body =
        "{\"event_type\": \"res.partner.updated\", \"payload\": {\"name\": \"Zoë 東京\"}}\n";
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(body.getBytes(UTF_8));
    }
    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).strip())
        .isEqualTo(BridgeTest.sign(body));
  }

  static boolean installed(String program) {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
