/** AISI, AIST, COMMIT and EVI as values, and the rules that decide about them. */
@NullMarked
package io.aipaging.protocol;

import org.jspecify.annotations.NullMarked;
