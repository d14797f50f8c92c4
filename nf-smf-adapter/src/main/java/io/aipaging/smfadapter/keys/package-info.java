/** The public keys COMMITs are verified with. */
@NullMarked
package io.aipaging.smfadapter.keys;

import org.jspecify.annotations.NullMarked;
