package net.insightpulseai.bridge.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * Who is recorded for an act. Several people may share the operator's login, so they may give a
 * name; the login is recorded with it in any case, so that nobody can act under another one.
 *
 * @param login the name of the login
 */
public record Person(String login) {

  private static final int LONGEST = 60;

  /**
   * Who calls an operation of an MBean. Through Jolokia it runs in the thread of a request that has
   * a login; a JMX client on this machine has none, and is taken at its word.
   *
   * @param given the name that was given; null or blank for none
   * @return what to record; empty if there is neither login nor name
   */
  public static String ofCaller(@Nullable String given) {
    String name = given == null ? "" : given.strip();
    Authentication caller = SecurityContextHolder.getContext().getAuthentication();
    return caller == null
            || !caller.isAuthenticated()
            || caller instanceof AnonymousAuthenticationToken
        ? name
        : new Person(caller.getName()).named(name);
  }

  /** Puts the person into the field of a body. */
  public void writeTo(ObjectNode body, String field) {
    JsonNode given = body.get(field);
    if (given == null || given.isNull() || given.isTextual()) {
      body.put(field, named(given == null ? "" : given.asText("")));
    } // anything else is wrong, and refused by the operation
  }

  /** The same as a query parameter; the query is encoded, and so is the result. */
  public String writeTo(@Nullable String query, String parameter) {
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
