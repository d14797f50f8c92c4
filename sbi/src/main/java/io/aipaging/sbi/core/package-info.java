/** What is different about each 5G core, as data. */
@NullMarked
package io.aipaging.sbi.core;

import org.jspecify.annotations.NullMarked;
