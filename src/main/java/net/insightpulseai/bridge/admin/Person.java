package net.insightpulseai.bridge.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Who is recorded for an act. Several people may share the operator's login, so they may give a
 * name; the login is recorded with it in any case, so that nobody can act under another one.
 *
 * @param login the name of the login
 */
record Person(String login) {

  private static final int LONGEST = 60;

  /** Puts the person into the field of a body. */
  void writeTo(ObjectNode body, String field) {
    JsonNode given = body.get(field);
    if (given == null || given.isNull() || given.isTextual()) {
      body.put(field, named(given == null ? "" : given.asText("")));
    } // anything else is wrong, and refused by the operation
  }

  /** The same as a query parameter; the query is encoded, and so is the result. */
  String writeTo(@Nullable String query, String parameter) {
    UriComponentsBuilder builder = UriComponentsBuilder.newInstance().query(query);
    String given = builder.build().getQueryParams().getFirst(parameter);
    String name = named(given == null ? "" : UriUtils.decode(given, StandardCharsets.UTF_8));
    String changed =
        builder
            .replaceQueryParam(parameter, UriUtils.encode(name, StandardCharsets.UTF_8))
            .build()
            .getQuery();
    return changed == null ? "" : changed;
  }

  private String named(String given) {
    String name = given.strip();
    if (name.isEmpty() || name.equals(login) || name.equals("null")) {
      return login;
    }
    int length = Math.min(LONGEST, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, length)) + " (" + login + ")";
  }
}
