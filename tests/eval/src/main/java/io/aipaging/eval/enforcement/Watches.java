package io.aipaging.eval.enforcement;

import io.aipaging.eval.Mode;
import io.aipaging.eval.Site;
import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.Packet;
import io.aipaging.lab.PacketWatch;
import io.aipaging.lab.Transport;
import io.aipaging.lab.WatchedService;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What passes the gate's router on all its sides. */
final class Watches implements AutoCloseable {
  private final List<PacketWatch> atUes = new ArrayList<>();
  private final List<PacketWatch> atAnchors = new ArrayList<>();
  private final List<PacketWatch> atCloud = new ArrayList<>();

  Watches(Site site) throws IOException {
    for (Transport transport : Transport.values()) {
      WatchedService service = new WatchedService(Site.service(), transport, Site.PORT);
      WatchedService rewritten =
          new WatchedService(Mode.DNAT.anchor(AnchorSite.B), transport, Site.PORT);
      atUes.add(watch(site, LabAddresses.UE_DEVICE, service));
      atAnchors.add(watch(site, AnchorSite.A.device(), service));
      atAnchors.add(watch(site, AnchorSite.B.device(), rewritten));
      atCloud.add(watch(site, LabAddresses.CLOUD_DEVICE, service));
      atCloud.add(watch(site, LabAddresses.CLOUD_DEVICE, rewritten));
    }
  }

  /**
   * All packets of the UEs.
   *
   * @param asked what arrives from UEs and anchors, in order
   * @param carried sent on towards anchors or UEs, without resets by the gate itself, in order
   * @param leaked that took the default route
   */
  record Seen(List<Packet> asked, List<Packet> carried, long leaked) {}

  Seen stop() throws IOException {
    List<Packet> ues = packets(atUes);
    List<Packet> anchors = packets(atAnchors);
    List<Packet> asked =
        inOrder(Stream.concat(ues.stream(), anchors.stream()).filter(p -> !p.outgoing()));
    List<Packet> carried =
        inOrder(
            Stream.concat(
                ues.stream().filter(Watches::isAnswer), anchors.stream().filter(Packet::outgoing)));
    return new Seen(asked, carried, packets(atCloud).size());
  }

  private static List<Packet> inOrder(Stream<Packet> packets) {
    return packets.sorted(Comparator.comparing(Packet::at)).toList();
  }

  /** A reset towards a UE may be the gate's refusal. */
  private static boolean isAnswer(Packet packet) {
    return packet.outgoing() && (packet.tcpFlags() & Packet.RST) == 0;
  }

  private static List<Packet> packets(List<PacketWatch> watches) throws IOException {
    List<Packet> all = new ArrayList<>();
    for (PacketWatch watch : watches) {
      PacketWatch.Capture capture = watch.stop();
      if (capture.dropped() > 0 || capture.forgotten() > 0) {
        throw new IOException("the watch missed packets: the machine is too slow for this load");
      }
      all.addAll(capture.packets());
    }
    all.sort(Comparator.comparing(Packet::at));
    return all;
  }

  private static PacketWatch watch(Site site, String device, WatchedService service)
      throws IOException {
    return PacketWatch.open(site.lab().upf(), device, service);
  }

  @Override
  public void close() throws IOException {
    for (List<PacketWatch> watches : List.of(atUes, atAnchors, atCloud)) {
      for (PacketWatch watch : watches) {
        watch.close();
      }
    }
  }
}
