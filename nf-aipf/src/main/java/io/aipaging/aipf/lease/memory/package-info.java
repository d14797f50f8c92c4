/** A lease store in memory: as strict as a durable one, forgotten with the process. */
@NullMarked
package io.aipaging.aipf.lease.memory;

import org.jspecify.annotations.NullMarked;
