package io.aipaging.aipf.enforcement;

import io.aipaging.openapi.admission.NaexfAdmission;
import java.util.Optional;

/** Port: how to reach the agents of anchors. */
@FunctionalInterface
public interface AnchorDirectory {
  /** The admission service of an anchor; empty when nobody knows the anchor. */
  Optional<NaexfAdmission> admissionOf(String anchorId);
}
