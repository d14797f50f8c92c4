/** A small synced journal for the little state that enforcers and adapters keep. */
@NullMarked
package io.aipaging.sbi.journal;

import org.jspecify.annotations.NullMarked;
