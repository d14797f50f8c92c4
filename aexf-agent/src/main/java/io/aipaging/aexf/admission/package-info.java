/** Two-phase admission: holds, posting by COMMIT, leases that end by themselves. */
@NullMarked
package io.aipaging.aexf.admission;

import org.jspecify.annotations.NullMarked;
