package io.aipaging.cli.demo;

import java.util.List;

/**
 * What a simulated core has seen of the set beside it.
 *
 * @param nfTypes NF types that others than its own NFs have registered as
 * @param bsfLookups how often its BSF was asked
 * @param appSessions app sessions its PCF has
 * @param violations what would have harmed a real core
 */
record CoreSight(List<String> nfTypes, long bsfLookups, int appSessions, List<String> violations) {
  CoreSight {
    nfTypes = List.copyOf(nfTypes);
    violations = List.copyOf(violations);
  }

  /** The way the QoS binding of the only session went; fails unless it went the whole way. */
  String wayOfTheBinding() {
    DemoFailed.unless(!nfTypes.isEmpty(), "nobody is registered at the NRF");
    DemoFailed.unless(bsfLookups > 0, "the BSF was never asked");
    DemoFailed.unless(appSessions == 1, "the PCF has no app session");
    DemoFailed.unless(violations.isEmpty(), "harm to the core: " + violations);
    return "NRF (registered as %s) -> BSF -> PCF, one request at a time"
        .formatted(String.join(", ", nfTypes));
  }
}
