package io.aipaging.smfadapter.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A message of {@code nfnetlink} or an attribute of one: a sequence of attributes. What does not
 * fit its own lengths ends where the bytes end.
 *
 * @param type message type, or 0 inside an attribute
 * @param family address family of the message
 * @param attributes what follows the headers
 */
public record Message(int type, int family, ByteBuffer attributes) {
  private static final int TYPE_MASK = 0x3fff;
  private static final int HEADER = 4;

  /** Told of each attribute. */
  @FunctionalInterface
  public interface Visitor {
    /** An attribute's type and content, which is the visitor's own view. */
    void visit(int type, ByteBuffer content);
  }

  /** Tells of every attribute in {@code content}, in order. */
  public static void forEach(ByteBuffer content, Visitor visitor) {
    ByteBuffer left = content.duplicate().order(ByteOrder.nativeOrder());
    while (left.remaining() >= HEADER) {
      int start = left.position();
      int length = left.getShort(start) & 0xffff;
      int type = left.getShort(start + 2) & TYPE_MASK;
      if (length < HEADER || length > left.remaining()) {
        return;
      }
      visitor.visit(type, left.slice(start + HEADER, length - HEADER));
      left.position(Math.min(left.limit(), start + ((length + 3) & ~3)));
    }
  }

  /** The first attribute of a type in {@code content}; null when there is none. */
  public static @Nullable ByteBuffer find(ByteBuffer content, int wanted) {
    ByteBuffer[] found = new ByteBuffer[1];
    forEach(
        content,
        (type, value) -> {
          if (type == wanted && found[0] == null) {
            found[0] = value;
          }
        });
    return found[0];
  }

  /** The first attribute of a type; null when there is none. */
  public @Nullable ByteBuffer find(int wanted) {
    return find(attributes, wanted);
  }

  /** A copy of the bytes. */
  public static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }

  /** A text without its closing zero. */
  public static String text(ByteBuffer content) {
    byte[] bytes = bytes(content);
    int length = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }
}
