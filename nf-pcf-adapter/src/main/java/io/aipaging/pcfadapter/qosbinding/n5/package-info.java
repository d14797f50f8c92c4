/** Npcf_PolicyAuthorization (TS 29.514): what both open cores accept, sent once. */
@NullMarked
package io.aipaging.pcfadapter.qosbinding.n5;

import org.jspecify.annotations.NullMarked;
