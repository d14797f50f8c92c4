/** The gate's journal as a file. */
@NullMarked
package io.aipaging.smfadapter.steering.journal;

import org.jspecify.annotations.NullMarked;
