/** Whose PDU session an address is, and which PCF it has (TS 29.521). */
@NullMarked
package io.aipaging.sbi.bsf;

import org.jspecify.annotations.NullMarked;
