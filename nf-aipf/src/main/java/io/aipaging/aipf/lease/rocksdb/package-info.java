/**
 * A lease store in files of one machine, on RocksDB: what was acknowledged survives a power cut.
 */
@NullMarked
package io.aipaging.aipf.lease.rocksdb;

import org.jspecify.annotations.NullMarked;
