package io.aipaging.cli.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Peers a configuration names: whether anybody listens there. */
final class PeerChecks {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Connects, and says nothing. */
  Finding listens(String key, String uri) {
    URI peer;
    try {
      peer = URI.create(uri);
    } catch (IllegalArgumentException e) {
      return Finding.bad(key, uri + " is no URI", "write scheme://host:port");
    }
    String host = peer.getHost();
    if (host == null) {
      return Finding.bad(key, uri + " names no host", "write scheme://host:port");
    }
    int named = peer.getPort();
    int port = named >= 0 ? named : "https".equals(peer.getScheme()) ? HTTPS : HTTP;
    InetSocketAddress address = new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port);
    if (address.isUnresolved()) {
      return Finding.bad(key, host + " is nobody's name", "look at the name, and at DNS");
    }
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) CONNECT.toMillis());
      return Finding.ok(key, uri + " listens");
    } catch (IOException e) {
      return Finding.bad(
          key,
          uri + " does not listen (" + e.getMessage() + ")",
          "start it, or let packets through: NetworkPolicy, firewall, route");
    }
  }
}
