/** A whole set on one machine: addresses, certificates, secrets and one configuration per NF. */
@NullMarked
package io.aipaging.cli.deploy;

import org.jspecify.annotations.NullMarked;
