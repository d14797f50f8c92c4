package io.aipaging.protocol;

/**
 * The anchor a COMMIT admits to.
 *
 * @param id anchor id
 * @param dnai data network access identifier (TS 23.501 §5.6.7)
 * @param endpoint where the anchor agent's guard listens
 */
public record AnchorRef(String id, String dnai, TransportAddress endpoint) {
  public AnchorRef {
    Checks.id("anchor id", id);
    Checks.id("dnai", dnai);
  }
}
