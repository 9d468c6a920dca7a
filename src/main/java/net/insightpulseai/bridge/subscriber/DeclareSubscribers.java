package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes {@code bridge.subscriber} match application.yaml before anything is delivered. Replicas
 * that start at once do it one after the other. A subscriber that is no longer in the file is
 * paused and from then on managed by the API; nothing is deleted.
 */
@Component
class DeclareSubscribers implements InitializingBean {

  private static final Logger LOG = LoggerFactory.getLogger(DeclareSubscribers.class);

  // No such table, no such column.
  private static final Set<String> MISSING = Set.of("42P01", "42703");

  private final DeclaredSubscribers declared;
  private final Feasibility feasibility;
  private final OdooAvailability odoo;
  private final NamedParameterJdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  DeclareSubscribers(
      DeclaredSubscribers declared,
      Feasibility feasibility,
      OdooAvailability odoo,
      NamedParameterJdbcTemplate jdbc,
      TransactionTemplate transaction) {
    this.declared = declared;
    this.feasibility = feasibility;
    this.odoo = odoo;
    this.jdbc = jdbc;
    this.transaction = transaction;
  }

  @Override
  public void afterPropertiesSet() {
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    declared.subscribers().forEach(one -> columns.add(columns(one)));
    try {
      transaction.executeWithoutResult(status -> declare(columns.toString()));
    } catch (BadSqlGrammarException e) {
      if (!MISSING.contains(e.getSQLException().getSQLState())) {
        throw e;
      }
      throw new StartRefused(
          "The database schema is not the one of this version; start once with bridge.database.migrate:"
              + " auto, or run what sql-print prints");
    }
  }

  private void declare(String columns) {
    jdbc.getJdbcOperations().execute(SqlFile.read("subscriber/lock"));
    refuseForeignNames();
    jdbc.queryForList(SqlFile.read("subscriber/declare"), Map.of("declared", columns))
        .forEach(row -> LOG.info("Subscriber {} {}", row.get("name"), row.get("done")));
  }

  /** An entry for Odoo stays inactive until an Odoo is configured. */
  private ObjectNode columns(DeclaredSubscriber one) {
    Definition wanted = one.definition();
    boolean active = wanted.kind() != Kind.ODOO || odoo.configured();
    try {
      ObjectNode columns =
          DefinitionJson.columns(active ? feasibility.check(wanted) : wanted).put("active", active);
      // Only their names: the values stay where they are.
      ObjectNode headers = columns.putObject("headers");
      one.ownHeaders().keySet().forEach(headers::putObject);
      return columns;
    } catch (WrongDefinition e) {
      throw DeclaredSubscribers.refused(one, e);
    }
  }

  private void refuseForeignNames() {
    List<Map<String, Object>> rows =
        jdbc.queryForList(SqlFile.read("subscriber/owners"), Map.<String, Object>of());
    for (DeclaredSubscriber one : declared.subscribers()) {
      for (Map<String, Object> row : rows) {
        String problem = problem(one.definition(), row);
        if (problem != null) {
          throw DeclaredSubscribers.refused(one, new WrongDefinition("name", problem));
        }
      }
    }
  }

  private static @Nullable String problem(Definition wanted, Map<String, Object> row) {
    boolean sameName = String.valueOf(row.get("name")).equals(wanted.name());
    boolean sameKind =
        String.valueOf(row.get("kind")).equalsIgnoreCase(String.valueOf(wanted.kind()));
    if (sameName && "api".equals(row.get("owner")) && !Boolean.TRUE.equals(row.get("left_file"))) {
      return "belongs to a subscriber that was created through the API; give the entry another name, or"
          + " delete that subscriber first: DELETE /bridge/subscribers/"
          + wanted.name();
    }
    if (sameName && !sameKind) {
      return "belongs to a subscriber of kind "
          + row.get("kind")
          + ", which may have events waiting; give the entry another name";
    }
    if (sameName
        && wanted.kind() == Kind.KAFKA
        && !String.valueOf(row.get("mode")).equalsIgnoreCase(wanted.modeOrDefault().name())) {
      return "belongs to a subscriber of mode "
          + row.get("mode")
          + ", which may have events waiting; give the entry another name";
    }
    if (!sameName && sameKind && wanted.kind() == Kind.ODOO) {
      return "must be "
          + row.get("name")
          + ", the name of the existing subscriber of kind odoo, because there can be only one";
    }
    return null;
  }
}
