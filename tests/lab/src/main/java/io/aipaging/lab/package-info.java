/** Network-namespace lab. */
@NullMarked
package io.aipaging.lab;

import org.jspecify.annotations.NullMarked;
