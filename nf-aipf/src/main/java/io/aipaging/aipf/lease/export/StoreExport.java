package io.aipaging.aipf.lease.export;

import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.codec.SessionCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Writes a store as lines of JSON: a header, every session followed by its evidence, and counts
 * with a hash of all before them. What is written holds subscribers' addresses and tokens.
 */
public final class StoreExport {
  private final DigestOutputStream out;
  private final Consumer<String> faults;
  private Totals totals = Totals.NONE;

  private StoreExport(DigestOutputStream out, Consumer<String> faults) {
    this.out = out;
    this.faults = faults;
  }

  /**
   * Exports {@code dump}.
   *
   * @param to is not closed
   * @param faults told of every session that is left out, because it or its evidence is damaged
   */
  public static Totals run(StoreDump dump, OutputStream to, Instant now, Consumer<String> faults)
      throws IOException {
    DigestOutputStream out =
        new DigestOutputStream(new BufferedOutputStream(to, 1 << 16), sha256());
    StoreExport export = new StoreExport(out, faults);
    export.line(Copy.header(now));
    try {
      dump.parts(export::take, faults);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    String hash = HexFormat.of().formatHex(out.getMessageDigest().digest());
    export.line(Copy.end(export.totals, hash));
    out.flush();
    return export.totals;
  }

  private void take(StoreDump.Part part) {
    String fault = PartCheck.fault(part);
    if (fault != null) {
      faults.accept(fault);
      return;
    }
    if (part.session() != null) {
      line(Copy.session(SessionCodec.write(part.session())));
    } else if (part.forgottenAt() != null) {
      line(Copy.forgotten(part.id(), part.forgottenAt()));
    }
    part.evidence().forEach(canonical -> line(Copy.evidence(canonical)));
    totals = totals.plus(part);
  }

  private void line(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
