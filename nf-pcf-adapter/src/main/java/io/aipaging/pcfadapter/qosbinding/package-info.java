/** QoS bindings: one app session of the core per binding, never more than asked, never leaked. */
@NullMarked
package io.aipaging.pcfadapter.qosbinding;

import org.jspecify.annotations.NullMarked;
