package io.aipaging.smfadapter.steering;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;

/** A UE that asks by datagrams. */
public final class Datagrams {
  private static final int PATIENCE_MILLIS = 500;

  private Datagrams() {}

  /** Who answers a datagram; {@code none} when nobody does. */
  public static String answer(DatagramSocket ue) throws IOException {
    ue.setSoTimeout(PATIENCE_MILLIS);
    try {
      ue.send(new DatagramPacket(new byte[] {1}, 1));
      DatagramPacket answer = new DatagramPacket(new byte[64], 64);
      ue.receive(answer);
      return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    } catch (IOException refused) {
      return "none";
    }
  }
}
