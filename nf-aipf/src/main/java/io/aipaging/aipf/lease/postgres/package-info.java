/** The scale-out lease store: sessions, replicas and published keys in PostgreSQL. */
@NullMarked
package io.aipaging.aipf.lease.postgres;

import org.jspecify.annotations.NullMarked;
