package io.aipaging.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
  @Test
  void portsDifferAreFreeAndNoConnectionsOwn() throws Exception {
    List<Integer> ports = LoopbackPorts.free("127.0.0.1", 20);

    assertThat(ports).hasSize(20).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    InetAddress host = InetAddress.ofLiteral("127.0.0.1");
    for (int port : ports) {
      new ServerSocket(port, 1, host).close();
      new DatagramSocket(port, host).close();
    }
  }
}
