/** The two clocks an enforcer judges a lease by: wall time once, boot time from then on. */
@NullMarked
package io.aipaging.aexf.clock;

import org.jspecify.annotations.NullMarked;
