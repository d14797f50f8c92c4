package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.protocol.Crypto;
import io.aipaging.smfadapter.netlink.Message;
import io.aipaging.smfadapter.netlink.MessageWriter;
import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.netlink.NetlinkSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** The gate's table as the kernel holds it. Not thread-safe. */
final class KernelTable implements AutoCloseable {
  private static final int FINGERPRINT_DIGITS = 16;
  private static final int LISTINGS_MAX = 20;
  private static final Duration BETWEEN_LISTINGS = Duration.ofMillis(20);
  private static final HexFormat HEX = HexFormat.of();

  private final String name;
  private final NetlinkSocket socket;

  KernelTable(String name, NetlinkSocket socket) {
    this.name = name;
    this.socket = socket;
  }

  /**
   * An element and the time the kernel gives it.
   *
   * @param timeLeft until it expires; zero of one that never does
   */
  record Timed(Element element, Duration timeLeft) {}

  Transaction transaction() {
    return new Transaction(socket, name);
  }

  /** Number of the ruleset's last change, whoever made it in whatever table of this namespace. */
  int generation() throws NetlinkFailed {
    int[] generation = new int[1];
    socket.writer().begin(Nft.GET_GENERATION, 0, 0, 0).acknowledge();
    socket.exchange(
        "the ruleset's generation",
        message -> {
          ByteBuffer id = message.find(Nft.GENERATION_ID);
          if (message.type() == Nft.NEW_GENERATION && id != null) {
            generation[0] = id.getInt(0);
          }
        });
    return generation[0];
  }

  /**
   * Every element of a set. The kernel lists a hash table that changes meanwhile with some elements
   * twice and others not at all, and does not say so; then it is asked again until it says the same
   * twice.
   */
  List<Timed> list(String set) throws NetlinkFailed {
    Listing before = listed(set);
    for (int attempt = 1; attempt < LISTINGS_MAX; attempt++) {
      if (before.isOfOnePiece()) {
        return before.elements();
      }
      Listing now = listed(set);
      if (now.confirms(before)) {
        return now.elements();
      }
      before = now;
      LockSupport.parkNanos(BETWEEN_LISTINGS.toNanos());
    }
    throw NetlinkFailed.uncertain("elements of " + set + " never stood still", 0);
  }

  private Listing listed(String set) throws NetlinkFailed {
    Listing listing = new Listing(set);
    socket.dump(
        "elements of " + set,
        request ->
            request
                .begin(Nft.GET_ELEMENT, NetlinkSocket.DUMP, Nft.FAMILY_INET, 0)
                .text(Nft.TABLE, name)
                .text(Nft.ELEMENTS_SET, set),
        listing::restart,
        listing::take);
    return listing;
  }

  /** Whether an element with this key is there now. */
  boolean contains(Element element) throws NetlinkFailed {
    int[] found = new int[1];
    MessageWriter writer = socket.writer();
    Transaction.name(writer, Nft.GET_ELEMENT, name, element);
    writer.acknowledge();
    try {
      socket.exchange("an element of " + element.set(), message -> found[0]++);
    } catch (NetlinkFailed e) {
      if (e.errno() == NetlinkFailed.ENOENT) {
        return false;
      }
      throw e;
    }
    return found[0] > 0;
  }

  /** Packets by counter, without the {@code denied_} of its name. */
  Map<String, Long> denied() throws NetlinkFailed {
    Map<String, Long> denied = new TreeMap<>();
    socket.dump(
        "counters",
        request ->
            request
                .begin(Nft.GET_OBJECT, NetlinkSocket.DUMP, Nft.FAMILY_INET, 0)
                .text(Nft.TABLE, name)
                .number(Nft.OBJECT_TYPE, Nft.OBJECT_COUNTER),
        denied::clear,
        message -> {
          ByteBuffer counter = message.find(Nft.OBJECT_NAME);
          ByteBuffer data = message.find(Nft.OBJECT_DATA);
          ByteBuffer packets = data == null ? null : Message.find(data, Nft.COUNTER_PACKETS);
          if (counter != null && packets != null && isOfTable(message)) {
            denied.put(Message.text(counter).replaceFirst("^denied_", ""), packets.getLong(0));
          }
        });
    return denied;
  }

  /** Names of its chains; none where there is no table. */
  Set<String> chainNames() throws NetlinkFailed {
    return chains().keySet();
  }

  /**
   * A digest of everything that decides about packets apart from timed elements: base chains, rules
   * with their handles, and the elements of {@code fixedSets}. Changes when anybody changes any.
   */
  String fingerprint(List<String> fixedSets) throws NetlinkFailed {
    StringBuilder text = new StringBuilder();
    for (ByteBuffer chain : chains().values()) {
      if (Message.find(chain, Nft.CHAIN_HOOK) != null) {
        describe(chain, text);
      }
    }
    for (byte[] rule : rules()) {
      text.append(HEX.formatHex(rule)).append('\n');
    }
    for (String set : fixedSets) {
      text.append(set).append('\n');
      list(set).stream()
          .map(timed -> HEX.formatHex(Message.bytes(timed.element().key())))
          .sorted()
          .forEach(key -> text.append(key).append('\n'));
    }
    return Crypto.sha256Hex(text.toString()).substring(0, FINGERPRINT_DIGITS);
  }

  @Override
  public void close() {
    socket.close();
  }

  /** Without the number of its users, which changes with the elements that lead to it. */
  private static void describe(ByteBuffer attributes, StringBuilder text) {
    Message.forEach(
        attributes,
        (type, value) -> {
          if ((type >= Nft.CHAIN_HANDLE && type <= Nft.CHAIN_POLICY) || type == Nft.CHAIN_TYPE) {
            text.append(HEX.formatHex(Message.bytes(value))).append('\n');
          }
        });
  }

  /** Attributes of this table's chains, by name. */
  private Map<String, ByteBuffer> chains() throws NetlinkFailed {
    Map<String, ByteBuffer> chains = new TreeMap<>();
    socket.dump(
        "chains",
        request -> request.begin(Nft.GET_CHAIN, NetlinkSocket.DUMP, Nft.FAMILY_INET, 0),
        chains::clear,
        message -> {
          ByteBuffer chain = message.find(Nft.CHAIN_NAME);
          if (chain != null && isOfTable(message)) {
            chains.put(Message.text(chain), ByteBuffer.wrap(Message.bytes(message.attributes())));
          }
        });
    return chains;
  }

  private List<byte[]> rules() throws NetlinkFailed {
    List<byte[]> rules = new ArrayList<>();
    socket.dump(
        "rules",
        request ->
            request
                .begin(Nft.GET_RULE, NetlinkSocket.DUMP, Nft.FAMILY_INET, 0)
                .text(Nft.TABLE, name),
        rules::clear,
        message -> {
          if (isOfTable(message)) {
            rules.add(Message.bytes(message.attributes()));
          }
        });
    return rules;
  }

  private boolean isOfTable(Message message) {
    ByteBuffer table = message.find(Nft.TABLE);
    return message.family() == Nft.FAMILY_INET && table != null && Message.text(table).equals(name);
  }
}
