/** The kernel gate at N6: timed nftables elements, changed through the nft command. */
@NullMarked
package io.aipaging.smfadapter.steering.nftables;

import org.jspecify.annotations.NullMarked;
