package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.access.SupabaseSettings;
import net.insightpulseai.bridge.signature.SignatureSettings;
import org.springframework.core.env.Environment;

/** Checks for secrets without which a part does not work. Their values are never shown. */
class SettingsCheck {

  private final SignatureSettings signature;
  private final SupabaseSettings supabase;
  private final Environment environment;

  SettingsCheck(SignatureSettings signature, SupabaseSettings supabase, Environment environment) {
    this.signature = signature;
    this.supabase = supabase;
    this.environment = environment;
  }

  void run(DoctorReport report) {
    if (!signature.inboundSecrets().isEmpty()) {
      report.ok("signing secrets: " + signature.inboundSecrets().size());
    }
    if (!supabase.acceptsCallers()) {
      report.warn(
          "no service key is set: every action that is pushed and every look-up is refused",
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
