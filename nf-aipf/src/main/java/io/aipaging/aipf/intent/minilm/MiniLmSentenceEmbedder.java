package io.aipaging.aipf.intent.minilm;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.aipaging.aipf.intent.SentenceEmbedder;

/**
 * all-MiniLM-L6-v2, quantized, in this process: 384 dimensions, English, a few milliseconds of CPU
 * per sentence. The model comes out of its jar; nothing is downloaded. Loading takes up to a few
 * seconds and some 100 MB outside the heap, so one instance per process is enough; any number of
 * threads may use it. Switches off the tokenizer library's telemetry for the whole process: nothing
 * here calls out.
 */
public final class MiniLmSentenceEmbedder implements SentenceEmbedder {
  private final AllMiniLmL6V2QuantizedEmbeddingModel model;

  /** Loads the model. */
  public MiniLmSentenceEmbedder() {
    // The tokenizer's library reports its use to its makers unless told not to.
    System.setProperty("OPT_OUT_TRACKING", "true");
    // Sentences are short: the caller's thread does all the work, no pool is kept.
    model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
  }

  @Override
  public float[] embed(String sentence) {
    return model.embed(sentence).content().vector();
  }
}
