package io.aipaging.smfadapter.steering.nftables;

import io.aipaging.smfadapter.netlink.NetlinkFailed;
import io.aipaging.smfadapter.steering.Grant;
import io.aipaging.smfadapter.steering.GrantId;
import io.aipaging.smfadapter.steering.SteeringStep;
import io.aipaging.smfadapter.steering.SteeringStep.Carried;
import io.aipaging.smfadapter.steering.nftables.KernelTable.Timed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Grants in the kernel: writes lease steps, and notices what others write. Not thread-safe. */
final class KernelGate implements AutoCloseable {
  private static final Duration ALL = Duration.ofSeconds(60);
  private static final Duration PART = Duration.ofSeconds(10);

  private final GateElements elements;
  private final GateSockets sockets;
  private final KernelTable table;
  private final GateState state = new GateState();
  private boolean refreshesInPlace;
  private boolean trusted;
  private int generation;

  KernelGate(GateElements elements, GateSockets sockets) {
    this.elements = elements;
    this.sockets = sockets;
    this.table = sockets.table();
  }

  /** Finds out what this kernel can do. Nothing is believed of its grants yet. */
  void begin(boolean portable) throws NetlinkFailed {
    refreshesInPlace = !portable && probeRefresh();
  }

  /** Whether nobody else has changed the ruleset since the gate was restored. */
  boolean isUndisturbed() throws NetlinkFailed {
    return trusted && table.generation() == generation;
  }

  /** From now on, until it is restored, the gate counts as disturbed. */
  void distrust() {
    trusted = false;
  }

  boolean isLive(GrantId grant) throws NetlinkFailed {
    return table.contains(new Element("grant_live", Element.mark(grant.value()), Element.NONE));
  }

  List<Timed> list(String set) throws NetlinkFailed {
    return table.list(set);
  }

  Map<String, Long> denied() throws NetlinkFailed {
    return table.denied();
  }

  /** Leads connections from a local port over a grant. */
  void lead(Element port, @Nullable Element before, Duration life) throws NetlinkFailed {
    Transaction transaction = table.transaction();
    if (before != null) {
      transaction.delete(before);
    }
    commit(transaction.add(port, life));
  }

  /**
   * One lease step, one transaction. Connections of a grant that ends are forgotten where their
   * destination is rewritten, so that UDP finds its new anchor: before the step when new packets
   * lead elsewhere already, and none is refused in between; after it in any case.
   */
  void apply(SteeringStep step) throws NetlinkFailed {
    Transaction transaction = table.transaction();
    write(step, 0, transaction);
    GrantId selected = state.selected(step.flow());
    for (Grant ended : step.ended()) {
      Grant written = state.led(ended.id());
      Grant gone = written == null ? ended : written;
      if (elements.leadsTo(gone.anchor().address())) {
        elements.of(gone).forEach(element -> delete(element, gone.id(), transaction));
      }
      if (!ended.id().equals(selected)) {
        forget(ended);
      }
    }
    commit(transaction);
    for (Grant ended : step.ended()) {
      forget(ended);
    }
    state.remember(step);
  }

  /**
   * Makes grants and flows in the kernel those of {@code wanted}, and changes only what differs.
   */
  void restore(List<SteeringStep> wanted, long startedNanos) throws NetlinkFailed {
    generation = table.generation();
    Wanted right = new Wanted(wanted, elements);
    for (String set : GateElements.SETS) {
      List<Timed> wrong =
          table.list(set).stream().filter(timed -> !right.accepts(timed, startedNanos)).toList();
      inBatches(wrong, (timed, transaction) -> transaction.delete(timed.element()));
    }
    state.clear();
    wanted.forEach(state::remember);
    inBatches(
        right.incomplete(),
        (step, transaction) -> write(step, System.nanoTime() - startedNanos, transaction));
    trusted = true;
  }

  private <T> void inBatches(List<T> all, BiConsumer<T, Transaction> change) throws NetlinkFailed {
    for (int next = 0; next < all.size(); ) {
      Transaction transaction = table.transaction();
      for (; next < all.size() && !transaction.isFull(); next++) {
        change.accept(all.get(next), transaction);
      }
      commit(transaction);
    }
  }

  @Override
  public void close() {
    sockets.close();
  }

  private void write(SteeringStep step, long agoNanos, Transaction transaction) {
    GrantId before = state.selected(step.flow());
    Carried takesNew = null;
    for (Carried carried : step.carried()) {
      Duration timeLeft = carried.timeLeft().minusNanos(agoNanos);
      if (timeLeft.compareTo(Carried.TIME_LEFT_MIN) >= 0) {
        carry(carried.grant(), timeLeft, transaction);
        takesNew = carried.takesNew() ? carried : takesNew;
      }
    }
    boolean same = takesNew != null && takesNew.grant().id().equals(before);
    if (before != null && (!same || !refreshesInPlace)) {
      delete(GateElements.selector(step.flow(), before), before, transaction);
    }
    if (takesNew != null) {
      Element selector = GateElements.selector(step.flow(), takesNew.grant().id());
      transaction.add(selector, takesNew.timeLeft().minusNanos(agoNanos));
    }
  }

  private void carry(Grant grant, Duration timeLeft, Transaction transaction) {
    Grant written = state.led(grant.id());
    List<Element> before = written == null ? List.of() : elements.of(written);
    List<Element> after = elements.of(grant);
    for (Element element : before) {
      if (!after.contains(element)) {
        delete(element, grant.id(), transaction);
      }
    }
    for (Element element : after) {
      if (before.contains(element) && !refreshesInPlace) {
        delete(element, grant.id(), transaction);
      }
      transaction.add(element, timeLeft);
    }
  }

  private void delete(Element element, GrantId of, Transaction transaction) {
    if (trusted && state.isSurelyThere(of)) {
      transaction.deletePresent(element);
    } else {
      transaction.delete(element);
    }
  }

  /** When it fails the kernel may know better than the driver what is there. */
  private void commit(Transaction transaction) throws NetlinkFailed {
    if (transaction.isEmpty()) {
      return;
    }
    try {
      transaction.commit();
      generation = generation == -1 ? 1 : generation + 1;
    } catch (NetlinkFailed e) {
      trusted = false;
      throw e;
    }
  }

  private void forget(Grant grant) throws NetlinkFailed {
    if (elements.isRewritten(grant.anchor().address())) {
      sockets.conntrack().forget(grant.id());
    }
  }

  /**
   * Kernels before 6.12 take an element that is there for unchanged. The grant id 0 is nobody's.
   */
  private boolean probeRefresh() throws NetlinkFailed {
    Element nobody = new Element("grant_live", Element.mark(0), Element.NONE);
    table.transaction().add(nobody, ALL).commit();
    table.transaction().add(nobody, PART).commit();
    boolean shortened = timeLeft(nobody).compareTo(PART) <= 0;
    table.transaction().add(nobody, ALL).commit();
    boolean lengthened = timeLeft(nobody).compareTo(PART) > 0;
    table.transaction().delete(nobody).commit();
    return shortened && lengthened;
  }

  private Duration timeLeft(Element element) throws NetlinkFailed {
    return table.list(element.set()).stream()
        .filter(timed -> timed.element().equals(element))
        .map(Timed::timeLeft)
        .findFirst()
        .orElse(ALL);
  }
}
