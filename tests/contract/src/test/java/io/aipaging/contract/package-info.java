/** Every operation of every contract, through real listeners, with good and with bad requests. */
@NullMarked
package io.aipaging.contract;

import org.jspecify.annotations.NullMarked;
