package io.aipaging.cli.demo;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.lab.AnchorSite;
import io.aipaging.lab.Lab;
import io.aipaging.lab.LabAddresses;
import io.aipaging.lab.Namespace;
import io.aipaging.lab.Packet;
import io.aipaging.lab.PacketWatch;
import io.aipaging.lab.Transport;
import io.aipaging.lab.WatchedService;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.process.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The network-namespace lab with the kernel gate at its N6 router. */
final class KernelWorld implements World {
  private static final ServiceAddress SERVICE =
      new ServiceAddress(LabAddresses.SERVICE, "TCP", 8000);

  private final Path folder;
  private final Path catalog;
  private final Core core;
  private final Layout.Terms terms;
  private @Nullable Lab lab;
  private @Nullable Functions functions;
  private @Nullable Consumers consumers;

  KernelWorld(Path folder, Path catalog, Layout.Terms terms, Core core) {
    this.core = core;
    this.folder = folder;
    this.catalog = catalog;
    this.terms = terms;
  }

  @Override
  public String mode() {
    return "kernel-gate";
  }

  @Override
  public String modeReason() {
    return "root, ip and nft are here: the kernel is the gate, in network namespaces of its own";
  }

  @Override
  public void start() {
    try {
      Lab opened = Lab.open();
      lab = opened;
      Deployment deployment = new Deployment(folder, layout());
      Functions started = new Functions(deployment, folder, catalog, core);
      functions = started;
      started.start(
          new Functions.Places(
              opened.core().commandPrefix(),
              opened.upf().commandPrefix(),
              Map.of("a", opened.anchorA().commandPrefix(), "b", opened.anchorB().commandPrefix())),
          true);
      consumers = opened.core().call(() -> Consumers.connect(deployment, opened.core()::call));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Layout layout() {
    return new Layout(
        LabAddresses.CORE,
        LabAddresses.UPF,
        List.of(spot(AnchorSite.A), spot(AnchorSite.B)),
        SERVICE,
        "10.45.0.0/16",
        new Layout.GateDriver.Kernel(
            List.of(LabAddresses.UE_DEVICE), List.of(AnchorSite.A.device(), AnchorSite.B.device())),
        Layout.Ports.wellKnown(),
        terms);
  }

  private static Layout.AnchorSpot spot(AnchorSite site) {
    return new Layout.AnchorSpot(
        site.id(),
        site.coreAddress(),
        7750,
        "0.0.0.0",
        site.address() + ":" + SERVICE.port(),
        7755,
        List.of(site.gateAddress()));
  }

  @Override
  public String ueAddress() {
    return LabAddresses.UE_1;
  }

  @Override
  public ServiceAddress serviceAddress() {
    return SERVICE;
  }

  @Override
  public UeNetwork ue() {
    Namespace ue = lab().ue();
    return new UeNetwork() {
      @Override
      public Thread unstarted(Runnable work) {
        return Thread.ofPlatform()
            .daemon()
            .name("ue")
            .unstarted(
                () -> {
                  try {
                    var _ = call(java.util.concurrent.Executors.callable(work));
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
      }

      @Override
      public <T> T call(Callable<T> work) throws IOException {
        return ue.call(work);
      }
    };
  }

  @Override
  public CarriedWatch watch(String anchorId) {
    AnchorSite site = anchorId.equals(AnchorSite.A.id()) ? AnchorSite.A : AnchorSite.B;
    WatchedService service = new WatchedService(SERVICE.address(), Transport.TCP, SERVICE.port());
    try {
      return new KernelWatch(
          PacketWatch.open(lab().upf(), site.device(), service),
          PacketWatch.open(lab().upf(), LabAddresses.UE_DEVICE, service));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String killControlPlane() {
    if (functions == null) {
      throw new IllegalStateException("not started");
    }
    return functions.killControlPlane();
  }

  private Lab lab() {
    if (lab == null) {
      throw new IllegalStateException("not started");
    }
    return lab;
  }

  @Override
  public Consumers consumers() {
    if (consumers == null) {
      throw new IllegalStateException("not started");
    }
    return consumers;
  }

  @Override
  public void close() {
    Parts parts = new Parts();
    if (lab != null) {
      var _ = parts.keep(lab);
    }
    if (functions != null) {
      var _ = parts.keep(functions);
    }
    if (consumers != null) {
      var _ = parts.keep(consumers);
    }
    parts.close();
  }

  /** Packets the router sent on: towards the anchor, and towards the UE but for its own resets. */
  private record KernelWatch(PacketWatch towardsAnchor, PacketWatch towardsUe)
      implements CarriedWatch {
    @Override
    public Carried stop(Instant expiresAt, RequestStream stream) {
      try {
        PacketWatch.Capture up = towardsAnchor.stop();
        PacketWatch.Capture down = towardsUe.stop();
        DemoFailed.unless(
            up.dropped() == 0 && down.dropped() == 0, "the packet watch missed packets");
        List<Instant> carried =
            Stream.of(up, down)
                .flatMap(capture -> capture.packets().stream())
                .filter(KernelWatch::sentOn)
                .map(Packet::at)
                .sorted()
                .toList();
        return Carried.of(carried, up.forgotten() + down.forgotten(), expiresAt);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean sentOn(Packet packet) {
      boolean resetOfTheGate =
          packet.source().equals(SERVICE.address()) && (packet.tcpFlags() & Packet.RST) != 0;
      return packet.outgoing() && !resetOfTheGate;
    }

    @Override
    public void close() {
      try {
        towardsAnchor.close();
        towardsUe.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
