/** The lab's model server: real embeddings behind an OpenAI-compatible HTTP interface, offline. */
@NullMarked
package io.aipaging.lab.model;

import org.jspecify.annotations.NullMarked;
