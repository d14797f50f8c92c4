package io.aipaging.openapi;

import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.events.NaipfEvents;
import io.aipaging.openapi.exposure.NnefAipaging;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import java.util.List;

/** All contracts of the set. */
public final class Contracts {
  /** Every contract, once. */
  public static final List<Contract> ALL =
      List.of(
          NaipfPaging.CONTRACT,
          NaipfKeyinfo.CONTRACT,
          NaipfEvents.CONTRACT,
          NpcfadapterQosbinding.CONTRACT,
          NsmfadapterSteering.CONTRACT,
          NaexfAdmission.CONTRACT,
          NnefAipaging.CONTRACT);

  private Contracts() {}
}
