/** Sentence embeddings by the all-MiniLM-L6-v2 model inside this process. */
@NullMarked
package io.aipaging.aipf.intent.minilm;

import org.jspecify.annotations.NullMarked;
