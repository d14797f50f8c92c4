package io.aipaging.cli.demo;

import io.aipaging.openapi.ServiceAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** Somebody who has not paged. */
final class Uninvited {
  private Uninvited() {}

  /** Tries to reach the service; what came of it. */
  static String connect(ServiceAddress service) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(service.address(), service.port()), 2_000);
      socket.setSoTimeout(2_000);
      int answer = socket.getInputStream().read();
      DemoFailed.unless(answer < 0, "the service answered although nobody paged");
      return "closed at once";
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
  }
}
