package net.insightpulseai.bridge.start;

import java.util.List;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.jspecify.annotations.Nullable;

/** Refuses secrets that somebody could guess. An empty one is a question of its own. */
final class SecretLengths {

  /** Characters; random letters and digits of this length cannot be tried out. */
  private static final int SHORTEST = 16;

  private static final String MAKE = "make a secret with: openssl rand -hex 32";
  private static final String FROM_ODOO =
      "copy it from Odoo, where the addon made it: Settings, Supabase Bridge";
  private static final String FROM_SUPABASE = "copy it from Supabase: Settings, API Keys";

  private SecretLengths() {}

  /**
   * @param signature null, as the others, if that section cannot be read
   */
  static void check(
      @Nullable SignatureSettings signature,
      @Nullable SupabaseSettings supabase,
      @Nullable OdooSettings odoo,
      String password,
      String viewerPassword,
      Faults faults) {
    if (signature != null) {
      require(
          "bridge.signature.secret (EDGE_HMAC_SECRET)",
          List.of(signature.secret()),
          FROM_ODOO,
          faults);
      require(
          "bridge.signature.inbound-secrets (BRIDGE_INBOUND_SECRETS)",
          own(signature),
          MAKE,
          faults);
      if (!signature.outboundSecret().equals(signature.secret())) {
        require(
            "bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET)",
            List.of(signature.outboundSecret()),
            MAKE,
            faults);
      }
    }
    if (supabase != null) {
      require(
          "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY)",
          List.of(supabase.serviceRoleKey()),
          FROM_SUPABASE,
          faults);
      require(
          "bridge.supabase.secret-keys (SUPABASE_SECRET_KEYS)",
          supabase.secretKeys(),
          FROM_SUPABASE,
          faults);
      require(
          "bridge.supabase.webhook-secret (SUPABASE_WEBHOOK_SECRET)",
          List.of(supabase.webhookSecret()),
          MAKE,
          faults);
    }
    if (odoo != null) {
      require(
          "bridge.odoo.api-token (ODOO_API_TOKEN)", List.of(odoo.apiToken()), FROM_ODOO, faults);
    }
    require("bridge.admin.password (BRIDGE_ADMIN_PASSWORD)", List.of(password), MAKE, faults);
    require(
        "bridge.admin.viewer-password (BRIDGE_VIEWER_PASSWORD)",
        List.of(viewerPassword),
        MAKE,
        faults);
  }

  /** Without the one that stands in for a list that is not given. */
  private static List<String> own(SignatureSettings signature) {
    return signature.inboundSecrets().stream()
        .filter(secret -> !secret.equals(signature.secret()))
        .toList();
  }

  private static void require(String key, List<String> secrets, String remedy, Faults faults) {
    for (String secret : secrets) {
      int length = secret.strip().length();
      if (length > 0 && length < SHORTEST) {
        faults.add(
            new StartRefused(key, length + " characters", "at least " + SHORTEST + "; " + remedy));
      }
    }
  }
}
