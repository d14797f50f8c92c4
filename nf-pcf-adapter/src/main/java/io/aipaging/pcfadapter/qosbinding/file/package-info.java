/** The binding journal in a file. */
@NullMarked
package io.aipaging.pcfadapter.qosbinding.file;

import org.jspecify.annotations.NullMarked;
