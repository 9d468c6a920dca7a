package net.insightpulseai.bridge.config;

/** How the bridge names itself to other systems. */
public final class Product {

  /** The {@code User-Agent} of its calls, and the {@code application_name} of its sessions. */
  public static final String NAME = "odoo-supabase-bridge";

  private Product() {}
}
