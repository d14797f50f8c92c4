/** Where the agent has the AIPF Set's public keys from. */
@NullMarked
package io.aipaging.aexf.keys;

import org.jspecify.annotations.NullMarked;
