package io.aipaging.protocol;

/**
 * The traffic of a session: one UE towards one service address. Unique among live sessions.
 *
 * @param ue who sends
 * @param service where to
 */
public record Flow(UeAddress ue, ServiceEndpoint service) {
  /** Whether some packet would be of both: two live sessions must not own such flows. */
  public boolean overlaps(Flow other) {
    return service.equals(other.service) && ue.overlaps(other.ue);
  }
}
