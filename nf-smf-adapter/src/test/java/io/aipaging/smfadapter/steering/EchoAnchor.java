package io.aipaging.smfadapter.steering;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Greets every TCP connection with its name and echoes; answers datagrams with its name. */
public final class EchoAnchor implements AutoCloseable {
  private static final int PROXY_HEADER_BYTES = 16;

  private final String name;
  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final boolean proxied;
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();
  private final List<String> clients = new CopyOnWriteArrayList<>();

  /**
   * Starts serving.
   *
   * @param proxied whether connections begin with a PROXY protocol v2 header
   */
  public EchoAnchor(String name, ServerSocket tcp, DatagramSocket udp, boolean proxied) {
    this.name = name;
    this.tcp = tcp;
    this.udp = udp;
    this.proxied = proxied;
    Thread.ofPlatform().daemon().start(this::acceptAll);
    Thread.ofPlatform().daemon().start(this::answerAll);
  }

  /** Client addresses in order of arrival; {@code LOCAL} for the proxy's own connections. */
  public List<String> clients() {
    return List.copyOf(clients);
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = tcp.accept();
        accepted.add(socket);
        Thread.ofVirtual().start(() -> echo(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      clients.add(proxied ? proxiedClient(in) : socket.getInetAddress().getHostAddress());
      socket.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
      in.transferTo(socket.getOutputStream());
    } catch (IOException closed) {
      // The peer is gone.
    }
  }

  private static String proxiedClient(InputStream in) throws IOException {
    byte[] head = in.readNBytes(PROXY_HEADER_BYTES);
    if (head.length < PROXY_HEADER_BYTES || head[0] != '\r' || head[4] != 0) {
      throw new IOException("no PROXY header");
    }
    byte[] addresses = in.readNBytes((head[14] & 0xff) << 8 | head[15] & 0xff);
    boolean local = (head[12] & 0x0f) == 0;
    return local
        ? "LOCAL"
        : java.net.InetAddress.getByAddress(Arrays.copyOf(addresses, 4)).getHostAddress();
  }

  private void answerAll() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        udp.receive(packet);
        packet.setData(name.getBytes(StandardCharsets.US_ASCII));
        udp.send(packet);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}
