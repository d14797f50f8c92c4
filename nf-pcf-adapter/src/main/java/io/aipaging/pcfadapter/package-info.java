/** QoS bindings in front of a PCF. */
@NullMarked
package io.aipaging.pcfadapter;

import org.jspecify.annotations.NullMarked;
