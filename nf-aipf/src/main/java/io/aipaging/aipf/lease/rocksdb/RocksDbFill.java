package io.aipaging.aipf.lease.rocksdb;

import io.aipaging.aipf.evidence.EvidenceHead;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.StoreDump;
import io.aipaging.aipf.lease.StoreFill;
import io.aipaging.aipf.lease.StoreUnusable;
import io.aipaging.protocol.Crypto;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Fills a new store; its format is written last, and without it a folder is no store. */
final class RocksDbFill implements StoreFill {
  private final StoreFolder folder;
  private final Database database;
  private long sessions;

  RocksDbFill(StoreFolder folder, Database database) {
    this.folder = folder;
    this.database = database;
  }

  @Override
  public void add(List<StoreDump.Part> parts) {
    List<Batch> batches = new ArrayList<>(parts.size());
    for (StoreDump.Part part : parts) {
      batches.add(batch(part));
    }
    database.write(batches);
  }

  private Batch batch(StoreDump.Part part) {
    Batch batch = new Batch();
    long seq = 0;
    for (String canonical : part.evidence()) {
      seq++;
      batch.put(
          Family.EVIDENCE,
          Keys.evidence(part.id(), seq),
          canonical.getBytes(StandardCharsets.UTF_8));
    }
    Session session = part.session();
    if (session != null) {
      sessions++;
      Row row = Row.of(session, new EvidenceHead(seq, Crypto.sha256Hex(part.evidence().getLast())));
      batch.put(Family.SESSIONS, Keys.session(part.id()), row.bytes(session));
      Indices.all(session, row, batch::put);
    } else if (part.forgottenAt() != null) {
      batch.put(Family.FORGOTTEN, Keys.entry(part.forgottenAt(), part.id()));
    }
    return batch;
  }

  @Override
  public void done() {
    Batch count = new Batch();
    count.put(Family.META, Keys.SESSION_COUNT, Keys.number(sessions));
    database.write(List.of(count));
    try {
      Acknowledged.create(folder.acknowledged());
      folder.writeFormat();
    } catch (IOException e) {
      throw new StoreUnusable("the store at " + folder.path() + " cannot be finished", e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
