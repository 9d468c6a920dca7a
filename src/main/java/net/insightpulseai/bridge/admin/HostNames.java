package net.insightpulseai.bridge.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.MessageBytes;

/**
 * Takes a {@code Host} whose last label has an underscore, such as {@code odoo_bridge:8787}: Docker
 * Compose gives such names, and Tomcat alone answers them with 400.
 */
public final class HostNames extends Http11NioProtocol {

  private static final Pattern WITH_UNDERSCORE =
      Pattern.compile("(?=[^:]*_)([A-Za-z0-9_][A-Za-z0-9_.-]{0,252})(?::(\\d{1,5}))?");

  @Override
  protected Processor createProcessor() {
    return new HostProcessor(this, getAdapter());
  }

  private static final class HostProcessor extends Http11Processor {

    HostProcessor(HostNames protocol, Adapter adapter) {
      super(protocol, adapter);
    }

    @Override
    protected void parseHost(MessageBytes value) {
      Matcher host = WITH_UNDERSCORE.matcher(value == null ? "" : String.valueOf(value));
      if (!host.matches()) {
        super.parseHost(value);
        return;
      }
      request.serverName().setString(host.group(1));
      if (host.group(2) != null) {
        request.setServerPort(Integer.parseInt(host.group(2)));
      } else {
        populatePort();
      }
    }
  }
}
