package io.aipaging.pcfadapter.qosbinding;

import java.time.InstantSource;

/** What the steps of a binding's life share. */
record Workshop(
    BindingTable table,
    PolicyAuthorization core,
    PduSessions pduSessions,
    Lanes lanes,
    Deadlines deadlines,
    BindingObserver observer,
    InstantSource clock,
    BindingLimits limits) {}
