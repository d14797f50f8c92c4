/** The fence journal as a file. */
@NullMarked
package io.aipaging.aexf.admission.journal;

import org.jspecify.annotations.NullMarked;
