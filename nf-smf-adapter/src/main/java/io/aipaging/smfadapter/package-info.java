/** Steering at N6. */
@NullMarked
package io.aipaging.smfadapter;

import org.jspecify.annotations.NullMarked;
