package io.aipaging.sbi.server;

/** Answers a raw route; runs on a virtual thread and may block. */
@FunctionalInterface
public interface RawHandler {
  /** Answers one request; a {@link io.aipaging.openapi.Refusal} becomes a ProblemDetails. */
  RawReply handle(RawRequest request) throws Exception;
}
