package io.aipaging.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PacketWatchIT {
  private static final int PACKETS = 500;

  @BeforeAll
  static void labNeeded() {
    LabNeeded.orSkip();
  }

  @Test
  void everyPacketOfTheServiceIsSeenOnceWithItsTime() throws Exception {
    WatchedService service = new WatchedService(LabAddresses.SERVICE, Transport.UDP, 5000);
    try (Lab lab = Lab.open();
        DatagramSocket cloud = lab.cloud().call(() -> new DatagramSocket(5000));
        DatagramSocket ue = lab.ue().call(() -> new DatagramSocket());
        PacketWatch leaving = PacketWatch.open(lab.upf(), LabAddresses.CLOUD_DEVICE, service);
        PacketWatch arriving = PacketWatch.open(lab.cloud(), "e0", service)) {
      Instant start = Instant.now();
      cloud.setSoTimeout(5_000);
      for (int i = 0; i < PACKETS; i++) {
        send(ue, 5000, i);
        send(ue, 5001, i);
        cloud.receive(new DatagramPacket(new byte[64], 64));
      }
      Instant end = Instant.now();

      PacketWatch.Capture seen = arriving.stop();
      assertThat(seen.matched()).isEqualTo(PACKETS);
      assertThat(seen.dropped()).isZero();
      assertThat(seen.packets())
          .hasSize(PACKETS)
          .isSortedAccordingTo(Comparator.comparing(Packet::at))
          .allMatch(packet -> packet.at().isAfter(start) && packet.at().isBefore(end))
          .allMatch(packet -> packet.payloadLength() == 4 && !packet.outgoing());
      assertThat(leaving.stop().packets())
          .hasSize(PACKETS)
          .allMatch(Packet::outgoing)
          .allMatch(packet -> packet.source().equals(LabAddresses.UE_1));
      assertThat(seen.after(end)).isEmpty();
    }
  }

  private static void send(DatagramSocket ue, int port, int i) throws Exception {
    byte[] payload = {0, 0, (byte) (i >>> 8), (byte) i};
    InetAddress service = InetAddress.getByName(LabAddresses.SERVICE);
    ue.send(new DatagramPacket(payload, payload.length, service, port));
  }
}
