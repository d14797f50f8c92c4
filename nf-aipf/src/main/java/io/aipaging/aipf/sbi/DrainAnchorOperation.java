package io.aipaging.aipf.sbi;

import io.aipaging.aipf.catalog.Catalog;
import io.aipaging.aipf.relocation.AnchorDrainProcedure;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.paging.AnchorDrain;
import io.aipaging.openapi.paging.DrainAnchor;

/** DrainAnchor: passed on to the anchor's agent, which remembers it. */
final class DrainAnchorOperation {
  private final Catalog catalog;
  private final AnchorDrainProcedure drains;

  DrainAnchorOperation(Catalog catalog, AnchorDrainProcedure drains) {
    this.catalog = catalog;
    this.drains = drains;
  }

  AnchorDrain handle(Call call, DrainAnchor request) {
    String anchor = request.anchorId();
    if (catalog.anchor(anchor).isEmpty()) {
      throw Refusals.anchorNotFound();
    }
    int sessions = drains.drain(anchor, request.draining(), call.deadline());
    return new AnchorDrain(anchor, request.draining(), sessions);
  }
}
