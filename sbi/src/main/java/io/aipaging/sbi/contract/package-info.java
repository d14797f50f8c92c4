/** The HTTP wiring of each contract, both sides. */
@NullMarked
package io.aipaging.sbi.contract;

import org.jspecify.annotations.NullMarked;
