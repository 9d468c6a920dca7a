package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberCache;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Which targets are Odoo: the one for actions, and the subscriber that receives events. */
@Component
public class OdooTargets {

  private final OdooSettings settings;
  private final SubscriberCache subscribers;

  OdooTargets(OdooSettings settings, SubscriberCache subscribers) {
    this.settings = settings;
    this.subscribers = subscribers;
  }

  /** False while no Odoo is configured, or the database does not answer. */
  public boolean include(String target) {
    return settings.configured() && (target.equals("odoo") || pushesTo(target));
  }

  private boolean pushesTo(String target) {
    try {
      Subscriber subscriber = subscribers.find(target);
      return subscriber != null && subscriber.kind() == Subscriber.Kind.ODOO;
    } catch (DataAccessException e) {
      return false;
    }
  }
}
