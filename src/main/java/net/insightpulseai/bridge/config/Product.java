package net.insightpulseai.bridge.config;

import java.util.Objects;

/** How the bridge names itself to other systems. */
public final class Product {

  /** The {@code User-Agent} of its calls, and the {@code application_name} of its sessions. */
  public static final String NAME = "odoo-supabase-bridge";

  private Product() {}

  /** The version in the manifest of the jar; {@code development} where there is no jar. */
  public static String version() {
    return Objects.requireNonNullElse(
        Product.class.getPackage().getImplementationVersion(), "development");
  }
}
