/** What every enforcer does alike with time and keys; sources of both are handed in. */
@NullMarked
package io.aipaging.protocol.enforcer;

import org.jspecify.annotations.NullMarked;
