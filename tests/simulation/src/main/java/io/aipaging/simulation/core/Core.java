package io.aipaging.simulation.core;

import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;

/** The QoS side of a core: an adapter that comes and goes, its journal, the PCF behind it. */
public final class Core {
  private final Node adapter;
  private final Timeline timeline;
  private final QosJournal journal;
  private final Pcf pcf;

  /** Neither runs yet. */
  public Core(Node adapter, Timeline timeline, QosJournal journal, Pcf pcf) {
    this.adapter = adapter;
    this.timeline = timeline;
    this.journal = journal;
    this.pcf = pcf;
  }

  /** The adapter's node. */
  public Node adapter() {
    return adapter;
  }

  /** The PCF. */
  public Pcf pcf() {
    return pcf;
  }

  /** What the adapter remembers. */
  public QosJournal journal() {
    return journal;
  }

  /** The adapter starts. */
  public void begin() {
    Life life = adapter.begin();
    QosAdapter service = new QosAdapter(life, timeline, journal, pcf);
    service.recover();
    life.serve(NpcfadapterQosbinding.class, service);
  }
}
