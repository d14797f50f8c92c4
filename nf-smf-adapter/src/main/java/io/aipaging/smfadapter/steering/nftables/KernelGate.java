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

  /** After a slower one the gate counts as disturbed: restoring it again puts its times right. */
  private static final Duration BATCH_MAX = Duration.ofMillis(100);

  private final GateElements elements;
  private final GateSockets sockets;
  private final KernelTable table;
  private final GateState state = new GateState();
  private final Leftovers leftovers;
  private boolean refreshesInPlace;
  private boolean trusted;
  private int generation;

  KernelGate(GateElements elements, GateSockets sockets) {
    this.elements = elements;
    this.sockets = sockets;
    this.table = sockets.table();
    this.leftovers = new Leftovers(elements);
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
   * One lease step, one transaction. Connections of grants the flow no longer has are forgotten
   * where their destination is rewritten, so that one with the same ports can lead elsewhere.
   */
  void apply(SteeringStep step) throws NetlinkFailed {
    long started = System.nanoTime();
    Transaction transaction = table.transaction();
    List<Grant> ended = step.ended().stream().map(this::asWritten).filter(this::isOurs).toList();
    for (Grant grant : ended) {
      elements.keeping(step.flow(), grant).forEach(transaction::delete);
    }
    write(step, 0, transaction);
    for (Grant grant : ended) {
      elements.of(grant).forEach(element -> delete(element, grant.id(), transaction));
    }
    commit(transaction);
    for (GrantId grant : leftovers.notIn(step)) {
      sockets.conntrack().forget(grant);
      leftovers.forgotten(step.flow(), grant);
    }
    leftovers.remember(step);
    state.remember(step, started);
  }

  private Grant asWritten(Grant grant) {
    Grant written = state.led(grant.id());
    return written == null ? grant : written;
  }

  /** What the gate has no way to was never written. */
  private boolean isOurs(Grant grant) {
    return elements.leadsTo(grant.anchor().address());
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
      var _ = inBatches(wrong, (timed, transaction) -> transaction.delete(timed.element()));
    }
    state.clear();
    for (SteeringStep step : wanted) {
      leftovers.remember(step);
      state.remember(step, startedNanos);
    }
    trusted =
        inBatches(
            right.incomplete(),
            (step, transaction) -> write(step, System.nanoTime() - startedNanos, transaction));
  }

  /** Whether none took so long that what it wrote lives noticeably too long. */
  private <T> boolean inBatches(List<T> all, BiConsumer<T, Transaction> change)
      throws NetlinkFailed {
    boolean swift = true;
    for (int next = 0; next < all.size(); ) {
      long started = System.nanoTime();
      Transaction transaction = table.transaction();
      for (; next < all.size() && !transaction.isFull(); next++) {
        change.accept(all.get(next), transaction);
      }
      commit(transaction);
      swift &= System.nanoTime() - started < BATCH_MAX.toNanos();
    }
    return swift;
  }

  @Override
  public void close() {
    sockets.close();
  }

  private void write(SteeringStep step, long agoNanos, Transaction transaction) {
    Grant before = state.selected(step.flow());
    Carried takesNew = null;
    for (Carried carried : step.carried()) {
      Duration timeLeft = carried.timeLeft().minusNanos(agoNanos);
      if (timeLeft.compareTo(Carried.TIME_LEFT_MIN) >= 0) {
        carry(carried.grant(), timeLeft, transaction);
        if (carried.takesNew()) {
          takesNew = carried;
        } else {
          keep(elements.keeping(step.flow(), carried.grant()), timeLeft, transaction);
        }
      }
    }
    boolean same = takesNew != null && before != null && takesNew.grant().id().equals(before.id());
    if (before != null && (!same || !refreshesInPlace)) {
      elements
          .choosing(step.flow(), before)
          .forEach(element -> delete(element, before.id(), transaction));
    }
    if (takesNew != null) {
      Duration timeLeft = takesNew.timeLeft().minusNanos(agoNanos);
      elements
          .choosing(step.flow(), takesNew.grant())
          .forEach(element -> transaction.add(element, timeLeft));
    }
  }

  private void keep(List<Element> keeping, Duration timeLeft, Transaction transaction) {
    Duration time = GateElements.keepingTime(timeLeft);
    boolean worthwhile = time.compareTo(Carried.TIME_LEFT_MIN) >= 0;
    for (Element element : keeping) {
      if (!worthwhile || !refreshesInPlace) {
        transaction.delete(element);
      }
      if (worthwhile) {
        transaction.add(element, time);
      }
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
