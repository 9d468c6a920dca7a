package net.insightpulseai.bridge.endtoend;

import static java.util.Objects.requireNonNullElse;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;

/**
 * What joins the bridge and the Odoo under test: one relay each way, and the secrets that both
 * sides hold as long as the tests run.
 */
final class Lines implements AutoCloseable {

  private static final String INGEST = "/functions/v1/odoo_event_ingest";

  private final RealOdoo odoo;
  private final Relay toOdoo = new Relay(InetAddress.getLoopbackAddress(), 0);
  private final Relay toBridge;
  private final String hmacSecret = random();
  private final String apiToken = random();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, String> former = new LinkedHashMap<>();

  /** Odoo is told where the bridge is and with which secrets; {@link #close} takes it back. */
  Lines(RealOdoo odoo) {
    this.odoo = odoo;
    // The address under which Odoo reaches this machine; with a port, only that one need be open.
    URI here =
        URI.create(requireNonNullElse(System.getenv("BRIDGE_E2E_URL"), "http://127.0.0.1").strip());
    toBridge = new Relay(address(here), Math.max(here.getPort(), 0));
    toOdoo.target(odoo.url());
    parameters.put("ip.ingest.url", "http://" + here.getHost() + ":" + toBridge.port() + INGEST);
    parameters.put("ip.ingest.token", random());
    parameters.put("ip.hmac.secret", hmacSecret);
    parameters.put("ip.odoo.api_key", apiToken);
    parameters.keySet().forEach(name -> former.put(name, odoo.parameter(name)));
    parameters.forEach(odoo::parameter);
  }

  private static InetAddress address(URI here) {
    try {
      InetAddress named = InetAddress.getByName(here.getHost());
      // Another machine's way to this one may lead through an address that is not its own.
      return named.isLoopbackAddress() ? named : InetAddress.getByName("0.0.0.0");
    } catch (UnknownHostException e) {
      throw new IllegalStateException("BRIDGE_E2E_URL names no host that is known: " + here, e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What the bridge calls, in Odoo's place. */
  Relay toOdoo() {
    return toOdoo;
  }

  /** What Odoo calls, in the bridge's place. */
  Relay toBridge() {
    return toBridge;
  }

  String odooUrl() {
    return "http://127.0.0.1:" + toOdoo.port();
  }

  String hmacSecret() {
    return hmacSecret;
  }

  String apiToken() {
    return apiToken;
  }

  /** What Odoo's addon was told; tests that change it put it back. */
  String parameter(String name) {
    return parameters.get(name);
  }

  /** Another bridge on a database of its own, in a process of its own. */
  BridgeProcess bridge(TestDatabase database, Relay toOdoo) {
    return bridge(database, toOdoo, Map.of());
  }

  BridgeProcess bridge(TestDatabase database, Relay toOdoo, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("EDGE_HMAC_SECRET", hmacSecret);
    environment.put("ODOO_BASE_URL", "http://127.0.0.1:" + toOdoo.port());
    environment.put("ODOO_API_TOKEN", apiToken);
    environment.put("ODOO_DATABASE", odoo.database());
    return new BridgeProcess(database, environment);
  }

  @Override
  public void close() {
    former.forEach(odoo::parameter);
    toOdoo.close();
    toBridge.close();
  }
}
