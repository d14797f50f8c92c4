package io.aipaging.aipf.lease.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.aipaging.aipf.lease.Session;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A session and its bytes: one JSON object, written and read as a stream. A member that is not
 * known is ignored, so that an older program reads what a newer one added; a change it must not
 * ignore takes the next {@link #FORMAT}. COMMITs and AISTs are kept as they were signed and read
 * back without checking their signatures. Thread-safe.
 */
public final class SessionCodec {
  /** Newest form this program reads, and the one it writes. */
  public static final int FORMAT = 1;

  /** Longest form of a session. */
  public static final int BYTES_MAX = 262_144;

  private static final int BYTES_USUAL = 4_096;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(BYTES_MAX)
                  .maxNestingDepth(16)
                  .maxNumberLength(64)
                  .maxStringLength(16_384)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private SessionCodec() {}

  /** The bytes of {@code session}. */
  public static byte[] write(Session session) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(BYTES_USUAL);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      new SessionWriter(new JsonOut(json)).write(session);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    if (bytes.size() > BYTES_MAX) {
      throw new IllegalArgumentException("a session is longer than " + BYTES_MAX + " bytes");
    }
    return bytes.toByteArray();
  }

  /**
   * The session in {@code bytes}.
   *
   * @throws SessionUnreadable when there is none, or one of a newer form
   */
  public static Session read(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  /**
   * The session in a part of {@code bytes}.
   *
   * @throws SessionUnreadable when there is none, or one of a newer form
   */
  public static Session read(byte[] bytes, int offset, int length) {
    try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
      return SessionReader.read(new JsonIn(parser));
    } catch (JsonProcessingException e) {
      e.clearLocation();
      throw new SessionUnreadable("a session is not JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    } catch (IllegalArgumentException e) {
      throw new SessionUnreadable("a session has a member out of its range", e);
    }
  }
}
