package io.aipaging.aipf.intent;

/** What can be limited, with the intent's member that says it best. */
enum LimitKind {
  LATENCY("latencyMsMax"),
  RESIDENCY("residency"),
  TRUST("trustMin"),
  PRICE("priceMax");

  private final String member;

  LimitKind(String member) {
    this.member = member;
  }

  String member() {
    return member;
  }
}
