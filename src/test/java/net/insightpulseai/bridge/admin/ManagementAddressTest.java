package net.insightpulseai.bridge.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.management.Query;
import javax.management.remote.JMXConnectorServerMBean;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** From where the console can be reached, with the shipped settings. */
class ManagementAddressTest extends BridgeTest {

  private static final int PATIENCE_MILLIS = 2_000;

  @LocalManagementPort private int port;
  @Autowired private ManagementServerProperties settings;

  @Test
  void onlyThisMachineReachesTheManagementPort() throws Exception {
    assertThat(settings.getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
    assertThatCode(() -> connect(settings.getAddress())).doesNotThrowAnyException();
    assertThat(otherAddresses())
        .allSatisfy(
            address -> assertThatThrownBy(() -> connect(address)).isInstanceOf(IOException.class));
  }

  @Test
  void noPortIsOpenedForJmx() throws Exception {
    assertThat(System.getProperty("com.sun.management.jmxremote.port")).isNull();
    assertThat(
            ManagementFactory.getPlatformMBeanServer()
                .queryNames(
                    null, Query.isInstanceOf(Query.value(JMXConnectorServerMBean.class.getName()))))
        .isEmpty();
  }

  /** A listener on every address would also answer at these. */
  private static List<InetAddress> otherAddresses() throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(InetAddress.getByName("127.0.0.2"));
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
        .forEach(addresses::add);
    return addresses;
  }

  private void connect(InetAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
    }
  }
}
