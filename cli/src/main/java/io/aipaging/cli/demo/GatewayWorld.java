package io.aipaging.cli.demo;

import io.aipaging.cli.deploy.Deployment;
import io.aipaging.cli.deploy.Layout;
import io.aipaging.cli.deploy.LoopbackLayout;
import io.aipaging.openapi.ServiceAddress;
import io.aipaging.sbi.core.CoreProfiles.Core;
import io.aipaging.sbi.process.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Everything on loopback with the forwarder in user space: needs no rights. */
final class GatewayWorld implements World {
  private final Path folder;
  private final Path catalog;
  private final Core core;
  private final Layout layout;
  private final String reason;
  private @Nullable Functions functions;
  private @Nullable Consumers consumers;

  GatewayWorld(Path folder, Path catalog, Layout.Terms terms, Core core, String reason) {
    this.core = core;
    this.folder = folder;
    this.catalog = catalog;
    this.layout = LoopbackLayout.onFreePorts(terms);
    this.reason = reason;
  }

  @Override
  public String mode() {
    return "gateway";
  }

  @Override
  public String modeReason() {
    return reason + ": the gate is a forwarder in user space, on loopback";
  }

  @Override
  public void start() {
    Deployment deployment = new Deployment(folder, layout);
    Functions started = new Functions(deployment, folder, catalog, core);
    functions = started;
    started.start(Functions.Places.here(), false);
    try {
      consumers = Consumers.connect(deployment, GatewayWorld::here);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T here(Callable<T> code) throws IOException {
    try {
      return code.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String ueAddress() {
    return LoopbackLayout.UE;
  }

  @Override
  public ServiceAddress serviceAddress() {
    return layout.service();
  }

  @Override
  public UeNetwork ue() {
    return new UeNetwork() {
      @Override
      public Thread unstarted(Runnable work) {
        return Thread.ofPlatform().daemon().name("ue").unstarted(work);
      }

      @Override
      public <T> T call(Callable<T> work) throws IOException {
        return here(work);
      }
    };
  }

  /** Without rights to watch packets, what counts is what the UE got: whole answers. */
  @Override
  public CarriedWatch watch(String anchorId) {
    return new CarriedWatch() {
      @Override
      public Carried stop(Instant expiresAt, RequestStream stream) {
        return Carried.of(stream.answers(), 0, expiresAt);
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public String killControlPlane() {
    if (functions == null) {
      throw new IllegalStateException("not started");
    }
    return functions.killControlPlane() + "; the forwarder, being the gate, lives";
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
    if (functions != null) {
      var _ = parts.keep(functions);
    }
    if (consumers != null) {
      var _ = parts.keep(consumers);
    }
    parts.close();
  }
}
