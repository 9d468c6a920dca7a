package net.insightpulseai.bridge.start;

import java.util.List;
import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;

/** Refuses secrets that somebody could guess. An empty one is a question of its own. */
final class SecretLengths {

  /** Characters; random letters and digits of this length cannot be tried out. */
  private static final int SHORTEST = 16;

  private SecretLengths() {}

  static void check(
      SignatureSettings signature, SupabaseSettings supabase, OdooSettings odoo, String password) {
    require("bridge.signature.secret (EDGE_HMAC_SECRET)", signature.secret());
    require(
        "bridge.signature.inbound-secrets (BRIDGE_INBOUND_SECRETS)", signature.inboundSecrets());
    require(
        "bridge.signature.outbound-secret (BRIDGE_OUTBOUND_SECRET)", signature.outboundSecret());
    require(
        "bridge.supabase.service-role-key (SUPABASE_SERVICE_ROLE_KEY)", supabase.serviceRoleKey());
    require("bridge.supabase.secret-keys (SUPABASE_SECRET_KEYS)", supabase.secretKeys());
    require("bridge.supabase.webhook-secret (SUPABASE_WEBHOOK_SECRET)", supabase.webhookSecret());
    require("bridge.odoo.api-token (ODOO_API_TOKEN)", odoo.apiToken());
    require("bridge.admin.password (BRIDGE_ADMIN_PASSWORD)", password);
  }

  private static void require(String key, List<String> secrets) {
    secrets.forEach(secret -> require(key, secret));
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
