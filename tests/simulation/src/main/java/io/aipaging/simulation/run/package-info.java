/** Many histories, one after the other on a few threads, and what they came to. */
@NullMarked
package io.aipaging.simulation.run;

import org.jspecify.annotations.NullMarked;
