package net.insightpulseai.bridge.reload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.history.Versions;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Answers with what runs here, what is pinned or refused, and the recorded versions. */
@Component("listRouteVersions")
class ListRouteVersions implements Processor {

  private final RouteReload reload;
  private final Rollback rollback;
  private final Versions versions;

  ListRouteVersions(RouteReload reload, Rollback rollback, Versions versions) {
    this.reload = reload;
    this.rollback = rollback;
    this.versions = versions;
  }

  @Override
  public void process(Exchange exchange) {
    ObjectNode answer = VersionJson.object().put("ok", true);
    answer.set("running", VersionJson.of(reload.running()));
    answer.set("pin", VersionJson.of(rollback.pin()));
    answer.set("refused", VersionJson.of(reload.refused()));
    answer.putArray("versions");
    versions.all().forEach(one -> answer.withArray("versions").add(VersionJson.of(one)));
    VersionJson.answer(exchange, answer);
  }
}
