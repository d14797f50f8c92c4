/** What sessions need without anybody asking: renewal, the end of a drain, expiry, retries. */
@NullMarked
package io.aipaging.aipf.upkeep;

import org.jspecify.annotations.NullMarked;
