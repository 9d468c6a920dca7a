package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.http.BodyFields;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads subscribers, and numbers new ones. */
@Component
public class SubscriberTable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String NEXT_ID = SqlFile.read("subscriber/next_id");
  private static final String ID_OF_NAME = SqlFile.read("subscriber/id_of_name");
  private static final String BY_ID = SqlFile.read("subscriber/by_id");

  private final NamedParameterJdbcTemplate jdbc;

  SubscriberTable(NamedParameterJdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public @Nullable Subscriber find(long id) {
    List<Subscriber> found = jdbc.query(BY_ID, Map.of("id", id), (rs, n) -> read(rs));
    return found.isEmpty() ? null : found.get(0);
  }

  /** By id or by name, which is never a number; null if there is none. */
  public @Nullable Subscriber find(String idOrName) {
    if (idOrName.matches("[0-9]{1,18}")) {
      return find(Long.parseLong(idOrName));
    }
    List<Long> found = jdbc.queryForList(ID_OF_NAME, Map.of("name", idOrName), Long.class);
    return found.isEmpty() ? null : find(found.get(0));
  }

  /** The id of a subscriber that is still to be created. */
  long nextId() {
    return Objects.requireNonNull(jdbc.queryForObject(NEXT_ID, Map.of(), Long.class));
  }

  static Subscriber read(ResultSet rs) throws SQLException {
    return new Subscriber(
        rs.getLong("id"),
        rs.getString("name"),
        word(Subscriber.Kind.class, rs.getString("kind")),
        rs.getString("url"),
        texts(rs.getArray("event_types")),
        rs.getArray("sources") == null ? null : texts(rs.getArray("sources")),
        rs.getObject("company", Long.class),
        word(Subscriber.Format.class, rs.getString("format")),
        word(Subscriber.Signature.class, rs.getString("signature")),
        word(Subscriber.Mode.class, rs.getString("mode")),
        rs.getString("topic"),
        rs.getObject("rate", Integer.class),
        rs.getObject("slots", Integer.class),
        word(Subscriber.Owner.class, rs.getString("owner")),
        rs.getString("secrets"),
        rs.getString("headers"),
        tls(rs.getString("tls")));
  }

  private static @Nullable TlsReferences tls(@Nullable String json) {
    try {
      return json == null
          ? null
          : TlsReferences.read(
              new BodyFields(
                  JsonNodeFactory.instance.objectNode().set("tls", JSON.readTree(json))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("bridge.subscriber.tls is a jsonb column without JSON", e);
    }
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
