package io.aipaging.aipf.lease.postgres;

import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump.Part;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.protocol.Crypto;
import io.aipaging.protocol.EvidenceRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.List;

/** Fills a new store, which stays marked as unfinished until it is whole. */
final class PostgresFill implements StoreFill {
  private static final String SESSION =
      """
      INSERT INTO session
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'import', DEFAULT,
              $15, $16, $17)
      """;
  private static final String EVIDENCE =
      "INSERT INTO evidence SELECT $1, r.seq, 0, r.record"
          + " FROM unnest($2::text[]) WITH ORDINALITY r (record, seq)";
  private static final String FORGOTTEN = "INSERT INTO evidence_closed VALUES ($1, $2)";
  private final AtRest database;

  private PostgresFill(AtRest database) {
    this.database = database;
  }

  /**
   * A store to be filled.
   *
   * @throws io.aipaging.aipf.lease.StoreUnusable when there is one, or the rest of one
   */
  static PostgresFill in(AtRest database) {
    try {
      Migrations.begin(database.link());
      return new PostgresFill(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public void add(List<Part> parts) {
    database.run("BEGIN");
    parts.forEach(this::add);
    database.run("COMMIT");
  }

  private void add(Part part) {
    String id = part.id().value();
    Tuple records = Tuple.of(id).addArrayOfString(part.evidence().toArray(String[]::new));
    var _ = database.ask(EVIDENCE, records);
    if (part.session() != null) {
      var _ = database.ask(SESSION, row(part.session(), part.evidence().getLast()));
    } else if (part.forgottenAt() != null) {
      var _ = database.ask(FORGOTTEN, Tuple.of(id, part.forgottenAt().toEpochMilli()));
    }
  }

  private static Tuple row(Session session, String newest) {
    SessionRow row = SessionRow.of(session);
    HexFormat hex = HexFormat.of();
    return Tuple.tuple()
        .addString(row.id())
        .addShort(row.shard())
        .addLong(row.version())
        .addString(row.state())
        .addString(row.ue())
        .addString(row.service())
        .addString(row.anchor(0))
        .addString(row.anchor(1))
        .addString(row.facts().origin().afId())
        .addString(row.facts().service().aisi().toString())
        .addString(row.facts().origin().consumer())
        .addString(row.facts().origin().idempotencyKey())
        .addLong(row.expiresMs())
        .addLong(row.endedMs())
        .addBuffer(Buffer.buffer(hex.parseHex(Crypto.sha256Hex(newest))))
        .addBuffer(Buffer.buffer(hex.parseHex(EvidenceRecord.parse(newest).prevSha256())))
        .addBuffer(row.body());
  }

  @Override
  public void done() {
    Migrations.end(database.link());
  }

  @Override
  public void close() {
    database.close();
  }
}
