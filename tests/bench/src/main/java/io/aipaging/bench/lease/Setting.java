package io.aipaging.bench.lease;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.lease.LeaseTerms;
import io.aipaging.protocol.SigningKeys;
import java.nio.file.Path;

/**
 * What all parts share.
 *
 * @param effort how much is measured
 * @param folder for stores and files, removed afterwards by whoever made it
 * @param catalog catalogue file
 * @param keys the Set's keys
 */
record Setting(Effort effort, Path folder, Path catalog, SigningKeys keys) {
  /** Operations under way at the same time wherever they are counted. */
  static final int AT_ONCE = 128;

  Catalog services() {
    return LiveAipf.catalog(catalog);
  }

  /** Sessions with real signatures. */
  Seeds signed(LeaseTerms terms) {
    return new Seeds(services(), terms, keys);
  }

  /** Sessions whose signatures nobody will verify. */
  Seeds unsigned(LeaseTerms terms) {
    return new Seeds(services(), terms, new UnsignedTokens());
  }

  LiveAipf.Make aipf(String store, int cacheMegabytes, LeaseTerms terms) {
    return new LiveAipf.Make(catalog, folder.resolve(store), cacheMegabytes, terms, keys);
  }
}
