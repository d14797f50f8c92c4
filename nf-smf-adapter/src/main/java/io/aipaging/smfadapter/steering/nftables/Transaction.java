package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.MessageWriter;
import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.netlink.NetlinkSocket;
import io.aipaging.smfadapter.steering.nftables.Element.Value;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Changes of elements that the kernel carries out at once or not at all. Not thread-safe. */
final class Transaction {
  /** The life of an element that is added only to be deleted. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  /**
   * Beyond this many changes the first timeouts run noticeably before the last: they start one by
   * one.
   */
  private static final int CHANGES_MANY = 1_000;

  private final NetlinkSocket socket;
  private final String table;
  private final MessageWriter writer;
  private int changes;

  Transaction(NetlinkSocket socket, String table) {
    this.socket = socket;
    this.table = table;
    this.writer = socket.writer();
    writer.begin(Nft.BATCH_BEGIN, 0, 0, Nft.SUBSYSTEM);
  }

  /**
   * Adds an element, or gives the one that is there a new time. Without {@code
   * NFTA_SET_ELEM_EXPIRATION} the kernel would leave an element alone whose timeout is the same
   * number as before, however much of it has passed.
   */
  Transaction add(Element element, Duration timeLeft) {
    long millis = timeLeft.toMillis();
    begin(writer, Nft.NEW_ELEMENT, Nft.CREATE, table, element.set());
    int list = writer.open(Nft.ELEMENTS);
    int item = writer.open(Nft.ITEM);
    key(writer, element.key());
    value(element.value());
    writer.number(Nft.ELEMENT_TIMEOUT, millis);
    writer.number(Nft.ELEMENT_EXPIRATION, millis);
    writer.close(item).close(list);
    changes++;
    return this;
  }

  /**
   * Deletes an element, whether it is there, has just expired or never was: a transaction that
   * deletes what is not there fails, so it is added before.
   */
  Transaction delete(Element element) {
    return add(element, SHORT).deletePresent(element);
  }

  /** Deletes an element that is surely there, which takes half the time. */
  Transaction deletePresent(Element element) {
    changes++;
    name(writer, Nft.DELETE_ELEMENT, table, element);
    return this;
  }

  /** Whether there is nothing to carry out. */
  boolean isEmpty() {
    return changes == 0;
  }

  /** Whether what is still to be changed should go into the next transaction. */
  boolean isFull() {
    return changes >= CHANGES_MANY;
  }

  /** Carries the changes out. */
  void commit() throws NetlinkFailed {
    writer.acknowledge();
    writer.begin(Nft.BATCH_END, 0, 0, Nft.SUBSYSTEM);
    socket.request("a transaction of " + changes + " changes");
  }

  /** Writes a message that says which element is meant, and nothing of what it leads to. */
  static void name(MessageWriter writer, int type, String table, Element element) {
    begin(writer, type, 0, table, element.set());
    int list = writer.open(Nft.ELEMENTS);
    int item = writer.open(Nft.ITEM);
    key(writer, element.key());
    writer.close(item).close(list);
  }

  private static void begin(MessageWriter writer, int type, int flags, String table, String set) {
    writer.begin(type, flags, Nft.FAMILY_INET, 0);
    writer.text(Nft.TABLE, table).text(Nft.ELEMENTS_SET, set);
  }

  private static void key(MessageWriter writer, ByteBuffer key) {
    int nested = writer.open(Nft.ELEMENT_KEY);
    writer.bytes(Nft.DATA_VALUE, key).close(nested);
  }

  private void value(Value value) {
    switch (value) {
      case Value.None() -> {}
      case Value.Bits(ByteBuffer bytes) -> {
        int data = writer.open(Nft.ELEMENT_DATA);
        writer.bytes(Nft.DATA_VALUE, bytes).close(data);
      }
      case Value.Jump(String chain) -> {
        int data = writer.open(Nft.ELEMENT_DATA);
        int verdict = writer.open(Nft.DATA_VERDICT);
        writer.number(Nft.VERDICT_CODE, Nft.JUMP).text(Nft.VERDICT_CHAIN, chain);
        writer.close(verdict).close(data);
      }
      case Value.Above above -> above(above);
      case Value.Foreign() -> throw new IllegalArgumentException("only the gate's own is written");
    }
  }

  private void above(Value.Above above) {
    int expression = writer.open(Nft.ELEMENT_EXPRESSION);
    writer.text(Nft.EXPRESSION_NAME, "limit");
    int data = writer.open(Nft.EXPRESSION_DATA);
    writer
        .number(Nft.LIMIT_RATE, above.bytesPerSecond())
        .number(Nft.LIMIT_UNIT, 1L)
        .number(Nft.LIMIT_BURST, above.burst())
        .number(Nft.LIMIT_TYPE, Nft.LIMIT_BYTES)
        .number(Nft.LIMIT_FLAGS, Nft.LIMIT_ABOVE);
    writer.close(data).close(expression);
  }
}
