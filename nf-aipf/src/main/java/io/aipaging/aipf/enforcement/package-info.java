/** Carries decisions out at gates, anchors and the core's QoS, and watches the anchors. */
@NullMarked
package io.aipaging.aipf.enforcement;

import org.jspecify.annotations.NullMarked;
