/** Netlink (RFC 3549) through the foreign-function interface: sockets, messages, dumps. */
@NullMarked
package io.aipaging.smfadapter.netlink;

import org.jspecify.annotations.NullMarked;
