package io.aipaging.lab;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nothing listens at now. They lie below those the kernel gives to outgoing connections:
 * one of these may be taken before whoever asked for it listens.
 */
public final class LoopbackPorts {
  private static final int FIRST = 10_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS_MAX = 1_000;

  private LoopbackPorts() {}

  /**
   * Finds ports that are free for TCP and UDP; all are held until all are found, so that none
   * occurs twice.
   *
   * @param address literal of a local address
   * @throws IOException when there are not enough
   */
  public static List<Integer> free(String address, int count) throws IOException {
    InetAddress host = InetAddress.ofLiteral(address);
    Deque<AutoCloseable> held = new ArrayDeque<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int attempt = 0; ports.size() < count; attempt++) {
        int port = ThreadLocalRandom.current().nextInt(FIRST, END);
        try {
          held.push(new ServerSocket(port, 1, host));
          held.push(new DatagramSocket(port, host));
          ports.add(port);
        } catch (BindException taken) {
          if (attempt == ATTEMPTS_MAX) {
            throw taken;
          }
        }
      }
      return ports;
    } finally {
      release(held);
    }
  }

  private static void release(Deque<AutoCloseable> held) throws IOException {
    while (!held.isEmpty()) {
      try {
        held.pop().close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("a socket closes or says why not", e);
      }
    }
  }
}
