package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.Message;
import io.aipaging.smfadapter.steering.nftables.Element.Value;
import io.aipaging.smfadapter.steering.nftables.KernelTable.Timed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel once told of a set's elements. It tells many in pieces, and finds its place again
 * by counting: what it clears away between two of them, because its time is over, shifts the place.
 */
final class Listing {
  private final String set;
  private final Map<ByteBuffer, Timed> elements = new HashMap<>();
  private long startedNanos;
  private int pieces;
  private boolean repeats;

  Listing(String set) {
    this.set = set;
  }

  /** It is told anew. */
  void restart() {
    elements.clear();
    pieces = 0;
    repeats = false;
    startedNanos = System.nanoTime();
  }

  /** Takes what a message tells. */
  void take(Message message) {
    ByteBuffer list = message.find(Nft.ELEMENTS);
    if (list != null) {
      pieces++;
      Message.forEach(list, (type, item) -> read(item));
    }
  }

  /** Whether nothing can have been missed between two pieces. */
  boolean isOfOnePiece() {
    return pieces <= 1 && !repeats;
  }

  /** Whether it tells the same as the one before, apart from what is over by now. */
  boolean confirms(Listing before) {
    if (repeats || before.repeats || !before.elements.keySet().containsAll(elements.keySet())) {
      return false;
    }
    Duration since = Duration.ofNanos(System.nanoTime() - before.startedNanos);
    return before.elements.entrySet().stream()
        .filter(told -> !elements.containsKey(told.getKey()))
        .map(told -> told.getValue().timeLeft())
        .allMatch(left -> !left.isZero() && left.compareTo(since) <= 0);
  }

  List<Timed> elements() {
    return List.copyOf(elements.values());
  }

  private void read(ByteBuffer item) {
    ByteBuffer key = Message.find(item, Nft.ELEMENT_KEY);
    ByteBuffer bytes = key == null ? null : Message.find(key, Nft.DATA_VALUE);
    if (bytes != null) {
      ByteBuffer expires = Message.find(item, Nft.ELEMENT_EXPIRATION);
      Duration timeLeft = Duration.ofMillis(expires == null ? 0 : expires.getLong(0));
      Timed timed = new Timed(new Element(set, copy(bytes), value(item)), timeLeft);
      repeats |= elements.put(timed.element().key(), timed) != null;
    }
  }

  private static Value value(ByteBuffer item) {
    ByteBuffer expression = Message.find(item, Nft.ELEMENT_EXPRESSION);
    if (expression != null) {
      return above(expression);
    }
    ByteBuffer data = Message.find(item, Nft.ELEMENT_DATA);
    if (data == null) {
      return Element.NONE;
    }
    ByteBuffer bytes = Message.find(data, Nft.DATA_VALUE);
    if (bytes != null) {
      return new Value.Bits(copy(bytes));
    }
    ByteBuffer verdict = Message.find(data, Nft.DATA_VERDICT);
    ByteBuffer code = verdict == null ? null : Message.find(verdict, Nft.VERDICT_CODE);
    ByteBuffer chain = verdict == null ? null : Message.find(verdict, Nft.VERDICT_CHAIN);
    return code != null && chain != null && code.getInt(0) == Nft.JUMP
        ? new Value.Jump(Message.text(chain))
        : new Value.Foreign();
  }

  private static Value above(ByteBuffer expression) {
    ByteBuffer data = Message.find(expression, Nft.EXPRESSION_DATA);
    ByteBuffer rate = data == null ? null : Message.find(data, Nft.LIMIT_RATE);
    ByteBuffer burst = data == null ? null : Message.find(data, Nft.LIMIT_BURST);
    return rate == null || burst == null
        ? new Value.Foreign()
        : new Value.Above(rate.getLong(0), burst.getInt(0));
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.wrap(Message.bytes(bytes));
  }
}
