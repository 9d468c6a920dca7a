package net.insightpulseai.bridge.start;

import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.odoo.OdooSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Warns when actions go nowhere, or to a simulated Odoo although the database is real. */
@Component
final class WarnAboutOdoo {

  private static final Logger LOG = LoggerFactory.getLogger(WarnAboutOdoo.class);

  private final OdooSettings odoo;
  private final DatabaseAddress database;
  private final JdbcTemplate jdbc;

  WarnAboutOdoo(OdooSettings odoo, DatabaseAddress database, JdbcTemplate jdbc) {
    this.odoo = odoo;
    this.database = database;
    this.jdbc = jdbc;
  }

  @EventListener(ApplicationReadyEvent.class)
  void warn() {
    if (!odoo.configured()) {
      Long waiting = jdbc.queryForObject(SqlFile.read("action/waiting"), Long.class);
      LOG.warn(
          "No Odoo is configured (ODOO_BASE_URL), so the action queue does not start; {} actions are waiting",
          waiting);
    } else if (odoo.simulated() && !database.embedded()) {
      LOG.warn(
          "BRIDGE_SIMULATED_ODOO=true ON A REAL DATABASE: a simulated Odoo answers every action in {}, which"
              + " is then marked as applied; no real Odoo ever receives it. Unset it unless you want that",
          database);
    }
  }
}
