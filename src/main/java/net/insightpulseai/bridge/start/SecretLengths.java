package net.insightpulseai.bridge.start;

import java.util.List;
import java.util.function.BiConsumer;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.jspecify.annotations.Nullable;

/** Refuses secrets that somebody could guess. An empty one is a question of its own. */
final class SecretLengths {

  /** Characters; random letters and digits of this length cannot be tried out. */
  private static final int SHORTEST = 16;

  private SecretLengths() {}

  /**
   * @param signature null, as the others, if that section cannot be read
   */
  static void check(
      @Nullable SignatureSettings signature,
      @Nullable SupabaseSettings supabase,
      @Nullable OdooSettings odoo,
      String password,
      Faults faults) {
    BiConsumer<String, List<String>> require =
        (key, secrets) ->
            secrets.forEach(secret -> faults.attempt(() -> SecretLengths.require(key, secret)));
    if (signature != null) {
      require.accept("bridge.signature.secret (EDGE_HMAC_SECRET)", List.of(signature.secret()));
      require.accept("bridge.signature.inbound-secrets (BRIDGE_INBOUND_SECRETS)", own(signature));
      if (!signature.outboundSecret().equals(signature.secret())) {
        require.accept(
            "bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET)",
            List.of(signature.outboundSecret()));
      }
    }
    if (supabase != null) {
      require.accept(
          "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY)",
          List.of(supabase.serviceRoleKey()));
      require.accept("bridge.supabase.secret-keys (SUPABASE_SECRET_KEYS)", supabase.secretKeys());
      require.accept(
          "bridge.supabase.webhook-secret (SUPABASE_WEBHOOK_SECRET)",
          List.of(supabase.webhookSecret()));
    }
    if (odoo != null) {
      require.accept("bridge.odoo.api-token (ODOO_API_TOKEN)", List.of(odoo.apiToken()));
    }
    require.accept("bridge.admin.password (BRIDGE_ADMIN_PASSWORD)", List.of(password));
  }

  /** Without the one that stands in for a list that is not given. */
  private static List<String> own(SignatureSettings signature) {
    return signature.inboundSecrets().stream()
        .filter(secret -> !secret.equals(signature.secret()))
        .toList();
  }

  private static void require(String key, String secret) {
    int length = secret.strip().length();
    if (length > 0 && length < SHORTEST) {
      throw new StartRefused(
          key,
          length + " characters",
          "at least " + SHORTEST + "; make a secret with: openssl rand -hex 32");
    }
  }
}
