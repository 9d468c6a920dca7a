package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.core.env.Environment;

/** Checks for secrets that are missing or too short. Their values are never shown. */
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

  void run(DoctorReport report) {
    if (signature.inboundSecrets().isEmpty()) {
      report.fail(
          "EDGE_HMAC_SECRET is empty: every signed request is refused",
          "set it to Odoo's system parameter ip.hmac.secret");
    } else if (signature.inboundSecrets().stream().anyMatch(secret -> secret.length() < SHORT)) {
      report.warn(
          "a signing secret has fewer than " + SHORT + " characters",
          "make a new one with: openssl rand -hex 32");
    } else {
      report.ok("signing secrets: " + signature.inboundSecrets().size());
    }
    if (supabase.serviceRoleKey().isBlank() && supabase.secretKeys().isEmpty()) {
      report.warn(
          "no service key is set: actions and look-ups that need one are refused",
          "set SUPABASE_SERVICE_ROLE_KEY");
    } else {
      report.ok("the service key is set");
    }
    if (environment.getProperty("bridge.admin.password", "").isEmpty()) {
      report.warn(
          "BRIDGE_ADMIN_PASSWORD is empty: Hawtio and the metrics cannot be reached", "set it");
    } else {
      report.ok("the management login is set");
    }
    if (environment.getProperty("bridge.encryption-key", "").isEmpty()) {
      report.warn(
          "BRIDGE_ENCRYPTION_KEY is empty: the payloads of dead letters are stored unencrypted",
          "make a key with: openssl rand -base64 32");
    } else {
      report.ok("the encryption key is set");
    }
  }
}
