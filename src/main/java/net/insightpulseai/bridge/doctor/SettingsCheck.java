package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.core.env.Environment;

/** Secrets that are missing or too short; their values are never shown. */
class SettingsCheck {

  private static final int SHORT = 16;

  private final SignatureSettings signature;
  private final SupabaseSettings supabase;
  private final Environment environment;

  SettingsCheck(SignatureSettings signature, SupabaseSettings supabase, Environment environment) {
    this.signature = signature;
    this.supabase = supabase;
    this.environment = environment;
  }

  void run(Findings findings) {
    if (signature.inboundSecrets().isEmpty()) {
      findings.fail(
          "EDGE_HMAC_SECRET is empty: every signed request is refused",
          "set it to Odoo's system parameter ip.hmac.secret");
    } else if (signature.inboundSecrets().stream().anyMatch(secret -> secret.length() < SHORT)) {
      findings.warn(
          "a signing secret has fewer than " + SHORT + " characters",
          "make a new one with: openssl rand -hex 32");
    } else {
      findings.ok("signing secrets: " + signature.inboundSecrets().size());
    }
    if (supabase.serviceRoleKey().isBlank() && supabase.secretKeys().isEmpty()) {
      findings.warn(
          "no service key: nobody can push actions with one, or look anything up",
          "set SUPABASE_SERVICE_ROLE_KEY");
    } else {
      findings.ok("service key is set");
    }
    if (environment.getProperty("bridge.admin.password", "").isEmpty()) {
      findings.warn(
          "BRIDGE_ADMIN_PASSWORD is empty: nobody gets into Hawtio or the metrics", "set it");
    } else {
      findings.ok("management login is set");
    }
    if (environment.getProperty("bridge.encryption-key", "").isEmpty()) {
      findings.warn(
          "BRIDGE_ENCRYPTION_KEY is empty: dead letters keep their payloads readable",
          "make a key with: openssl rand -base64 32");
    } else {
      findings.ok("encryption key is set");
    }
  }
}
