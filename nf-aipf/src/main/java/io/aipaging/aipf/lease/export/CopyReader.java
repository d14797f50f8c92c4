package io.aipaging.aipf.lease.export;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump.Part;
import io.aipaging.aipf.lease.codec.SessionCodec;
import io.aipaging.aipf.lease.codec.SessionUnreadable;
import io.aipaging.protocol.SessionId;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads an export and believes nothing of it before its last line has confirmed it. */
final class CopyReader {
  private static final int LINE_BYTES_MAX = SessionCodec.BYTES_MAX + 64;
  private static final int EVIDENCE_MAX = 1_000_000;
  private final InputStream in;
  private final Consumer<Part> each;
  private final MessageDigest digest = StoreExport.sha256();
  private final List<String> evidence = new ArrayList<>();
  private @Nullable SessionId id;
  private @Nullable Session session;
  private @Nullable Instant forgottenAt;
  private Totals totals = Totals.NONE;
  private long lines;

  private CopyReader(InputStream in, Consumer<Part> each) {
    this.in = in;
    this.each = each;
  }

  /** Reads all of {@code in}; throws {@link ImportRefused} where it is not a whole export. */
  static Totals read(InputStream in, Consumer<Part> each) throws IOException {
    CopyReader reader = new CopyReader(new BufferedInputStream(in, 1 << 16), each);
    try {
      return reader.read();
    } catch (ImportRefused | SessionUnreadable | IllegalArgumentException e) {
      throw new ImportRefused("line " + reader.lines + ": " + e.getMessage(), e);
    }
  }

  private Totals read() throws IOException {
    if (!(next() instanceof Copy.Line.Header header)) {
      throw new ImportRefused("not an export of a store");
    }
    if (header.format() != Copy.FORMAT) {
      throw new ImportRefused(
          "an export of format " + header.format() + "; this program knows " + Copy.FORMAT);
    }
    while (true) {
      switch (next()) {
        case Copy.Line.Header _ -> throw new ImportRefused("a second header");
        case Copy.Line.Row row -> {
          flush();
          session = SessionCodec.read(row.json().getBytes(StandardCharsets.UTF_8));
          id = session.id();
        }
        case Copy.Line.Forgotten forgotten -> {
          flush();
          id = forgotten.id();
          forgottenAt = forgotten.at();
        }
        case Copy.Line.Evidence record -> add(record.canonical());
        case Copy.Line.End end -> {
          flush();
          return confirmed(end);
        }
      }
    }
  }

  private Totals confirmed(Copy.Line.End end) throws IOException {
    if (!end.sha256().equals(HexFormat.of().formatHex(digest.digest()))) {
      throw new ImportRefused("the export was changed: its hash is another");
    }
    if (!end.totals().equals(totals)) {
      throw new ImportRefused("the export does not hold what its last line says");
    }
    if (in.read() >= 0) {
      throw new ImportRefused("something follows the last line");
    }
    return totals;
  }

  private void add(String canonical) {
    if (id == null || evidence.size() == EVIDENCE_MAX) {
      throw new ImportRefused("evidence of no session, or too much of one");
    }
    evidence.add(canonical);
  }

  /** The session before is whole. */
  private void flush() {
    if (id == null) {
      return;
    }
    Part part = new Part(id, session, forgottenAt, evidence);
    String fault = PartCheck.fault(part);
    if (fault != null) {
      throw new ImportRefused(fault);
    }
    totals = totals.plus(part);
    each.accept(part);
    id = null;
    session = null;
    forgottenAt = null;
    evidence.clear();
  }

  private Copy.Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(4_096);
    for (int one = in.read(); one != '\n'; one = in.read()) {
      if (one < 0) {
        throw new ImportRefused("the export is cut: its last line is missing");
      }
      if (line.size() == LINE_BYTES_MAX) {
        throw new ImportRefused("a line is too long");
      }
      line.write(one);
    }
    lines++;
    byte[] bytes = line.toByteArray();
    Copy.Line parsed = Copy.parse(new String(bytes, StandardCharsets.UTF_8));
    if (!(parsed instanceof Copy.Line.End)) {
      digest.update(bytes);
      digest.update((byte) '\n');
    }
    return parsed;
  }
}
