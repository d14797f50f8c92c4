/** Being known to a core's NRF and finding others through it (TS 29.510). */
@NullMarked
package io.aipaging.sbi.nrf;

import org.jspecify.annotations.NullMarked;
