package io.aipaging.sbi.journal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The bytes of a journal: per line the CRC-32C in hexadecimal, a space, the text, a newline. */
final class JournalLines {
  private static final int LINE_CHARACTERS_MAX = 65_536;
  private static final int PREFIX_BYTES = 9;

  private JournalLines() {}

  /**
   * What was found.
   *
   * @param lines whole lines in order
   * @param length bytes they take; what follows is torn
   */
  record Found(List<String> lines, int length) {}

  static byte[] encode(List<String> lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      byte[] text = encode(line);
      bytes.writeBytes(checksum(text, 0, text.length).getBytes(StandardCharsets.US_ASCII));
      bytes.write(' ');
      bytes.writeBytes(text);
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private static byte[] encode(String line) {
    if (line.isEmpty()
        || line.length() > LINE_CHARACTERS_MAX
        || line.indexOf('\n') >= 0
        || line.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a journal line has 1 to 65536 characters, no newline and no NUL");
    }
    try {
      ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(line));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a journal line is well-formed Unicode", e);
    }
  }

  /**
   * Reads a journal's content. The end of the last write may be missing: bytes without a newline,
   * or a last line with a hole of zeros where a page never reached the disk.
   *
   * @param file for the message
   * @throws IllegalStateException when anything else is wrong; says what to do
   */
  static Found decode(Path file, byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = newline(bytes, 0); end >= 0; end = newline(bytes, start)) {
      String line = text(bytes, start, end);
      if (line == null) {
        if (end + 1 == bytes.length && hasHole(bytes, start, end)) {
          break;
        }
        throw new IllegalStateException(
            "journal %s is damaged at line %d; restore it from a copy, or move it away and start"
                    .formatted(file, lines.size() + 1)
                + " without what it remembered");
      }
      lines.add(line);
      start = end + 1;
    }
    return new Found(List.copyOf(lines), start);
  }

  private static int newline(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static boolean hasHole(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String text(byte[] bytes, int from, int to) {
    int start = from + PREFIX_BYTES;
    if (start >= to) {
      return null;
    }
    String prefix = new String(bytes, from, PREFIX_BYTES, StandardCharsets.ISO_8859_1);
    return prefix.equals(checksum(bytes, start, to - start) + " ")
        ? new String(bytes, start, to - start, StandardCharsets.UTF_8)
        : null;
  }

  private static String checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
