package io.aipaging.lab.model;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.List;

/**
 * all-MiniLM-L6-v2, quantized, run in this process by ONNX Runtime from weights that ship inside a
 * jar: no network, no files to fetch. Vectors have unit length.
 */
public final class MiniLmEmbedder implements Embedder {
  private static final int DIMENSIONS = 384;

  private final EmbeddingModel model;

  /** Loads the weights and embeds once, so that the first caller does not pay for it. */
  public MiniLmEmbedder() {
    // The tokenizer's library reports its use to its makers unless told not to.
    System.setProperty("OPT_OUT_TRACKING", "true");
    // Texts of one request run on the thread that asks: concurrency is bounded by the server alone.
    model = new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
    embed(List.of("warm up"));
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public Embeddings embed(List<String> texts) {
    var response = model.embedAll(texts.stream().map(TextSegment::from).toList());
    var usage = response.tokenUsage();
    Integer tokens = usage == null ? null : usage.inputTokenCount();
    return new Embeddings(
        response.content().stream().map(Embedding::vector).toList(), tokens == null ? 0 : tokens);
  }
}
