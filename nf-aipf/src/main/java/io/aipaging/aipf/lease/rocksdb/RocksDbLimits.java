package io.aipaging.aipf.lease.rocksdb;

import java.time.Duration;

/**
 * Bounds of a store.
 *
 * @param sessionsMax most sessions kept, terminal ones included
 * @param evidenceRetention how long evidence outlives its session's row
 * @param cacheBytes most memory for blocks, indices and filters of its files
 */
public record RocksDbLimits(int sessionsMax, Duration evidenceRetention, long cacheBytes) {}
