package io.aipaging.openapi.admission;

import java.util.List;

/** Every admitted lease of the anchor. */
public record LeaseList(String anchorId, List<AdmittedLease> leases) {}
