/** naexf-admission: two-phase admission at an anchor. */
@NullMarked
package io.aipaging.openapi.admission;

import org.jspecify.annotations.NullMarked;
