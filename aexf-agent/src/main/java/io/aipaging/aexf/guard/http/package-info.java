/** The guard on the network: HTTP/1.1 reverse proxy in front of one model server. */
@NullMarked
package io.aipaging.aexf.guard.http;

import org.jspecify.annotations.NullMarked;
