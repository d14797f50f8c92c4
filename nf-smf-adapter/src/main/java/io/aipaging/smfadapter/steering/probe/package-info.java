/** The probe of anchor agents by HTTP/1.1. */
@NullMarked
package io.aipaging.smfadapter.steering.probe;

import org.jspecify.annotations.NullMarked;
