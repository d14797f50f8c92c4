/** Calls operations and third-party services over HTTP/2 and HTTP/1.1. */
@NullMarked
package io.aipaging.sbi.client;

import org.jspecify.annotations.NullMarked;
