/** A PCF that remembers: Npcf_PolicyAuthorization (TS 29.514) as three cores serve it. */
@NullMarked
package io.aipaging.simulators.pcf;

import org.jspecify.annotations.NullMarked;
