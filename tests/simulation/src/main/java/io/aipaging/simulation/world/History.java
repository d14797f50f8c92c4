package io.aipaging.simulation.world;

import io.aipaging.aexf.admission.AdmissionService;
import io.aipaging.aipf.evidence.EvidenceDraft;
import io.aipaging.aipf.lease.Transition;
import io.aipaging.protocol.CommitVerifier;
import io.aipaging.simulation.aipf.Surroundings;
import io.aipaging.simulation.anchor.Anchorage;
import io.aipaging.simulation.engine.Chance;
import io.aipaging.simulation.engine.Effects;
import io.aipaging.simulation.engine.Life;
import io.aipaging.simulation.engine.Node;
import io.aipaging.simulation.engine.Timeline;
import io.aipaging.simulation.engine.Trace;
import io.aipaging.simulation.gate.Believers;
import io.aipaging.simulation.network.Network;
import io.aipaging.simulation.network.Question;
import io.aipaging.simulation.observer.Enforcers;
import io.aipaging.simulation.observer.Ledger;
import io.aipaging.simulation.observer.Observer;
import io.aipaging.simulation.observer.Scene;
import io.aipaging.simulation.observer.Verdict;
import io.aipaging.simulation.observer.Violation;
import io.aipaging.simulation.signing.HashSigning;
import io.aipaging.simulation.variant.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs one history: clients want things, things go wrong, then everything heals. */
public final class History {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private final Counts counts = new Counts();
  private final Replays replays = new Replays();
  private final Chance chance;
  private final Climate climate;
  private final Timeline timeline;
  private final Trace trace;
  private final Verdict verdict;
  private final Ledger ledger;
  private final World world;
  private final Observer observer;
  private final Clients clients;
  private final Operators operators;
  private final Disturbances disturbances;

  /**
   * What a history came to.
   *
   * @param steps how many events it had
   * @param violation what went wrong, or null
   * @param coverage how often each transition, effect and fault occurred
   */
  public record Outcome(long steps, @Nullable Violation violation, Map<String, Integer> coverage) {}

  /**
   * The history of {@code seed}.
   *
   * @param out gets a readable trace, or null
   */
  public History(long seed, Variant variant, @Nullable Appendable out) {
    this.chance = Chance.of(seed);
    this.climate = Climate.of(chance.split());
    this.timeline = new Timeline(chance.split());
    this.trace = new Trace(timeline, out);
    this.verdict = new Verdict(timeline, trace);
    this.ledger = new Ledger(timeline, verdict);
    HashSigning signing = new HashSigning(chance.anyLong());
    Believers believers =
        enforcer ->
            CommitVerifier.reading(
                signing, Surroundings.SET, enforcer, climate.terms().skewBound());
    Enforcers enforcers = new Enforcers(ledger, believers, verdict);
    variant.begin(timeline, signing);
    this.world = new World(basis(signing, believers, enforcers), climate, variant);
    this.observer =
        new Observer(
            new Observer.Instruments(timeline, ledger, enforcers, verdict),
            new Scene(world.gates(), new ArrayList<>(world.anchors().values()), world.core()),
            world.anchors(),
            climate.calm());
    this.clients = new Clients(world, chance.split(), verdict);
    this.operators = new Operators(world, chance.split());
    this.disturbances = new Disturbances(world, chance.split(), replays);
  }

  private Basis basis(HashSigning signing, Believers believers, Enforcers enforcers) {
    return new Basis(
        timeline,
        trace,
        new Effects(timeline, trace),
        new Network(timeline, chance.split(), trace, this::sent),
        chance.split(),
        signing,
        believers,
        enforcers,
        this::durable,
        this::opened,
        counts);
  }

  private void durable(Life writer, Transition transition) {
    ledger.durable(transition);
    observer.durable(writer, transition);
    counts.durable(transition);
    trace.say("store", () -> told(transition));
  }

  private static String told(Transition transition) {
    EvidenceDraft evidence = transition.evidence();
    EvidenceDraft.About about = evidence.about();
    String why = evidence.why().trigger();
    return transition.after().id()
        + " "
        + evidence.type()
        + (about == null ? "" : " " + about.lease() + " at " + about.anchor())
        + " gen "
        + transition.after().gen()
        + (why == null ? "" : " because " + why);
  }

  private void sent(Node from, Node to, Question question) {
    observer.sent(from, question);
    replays.saw(to, question);
  }

  private void opened(Anchorage anchor, AdmissionService admission) {
    observer.listen(anchor, admission);
  }

  /** Runs it to its end, or to the first violation. */
  public Outcome run() {
    world.start();
    clients.begin();
    operators.begin();
    if (!climate.calm()) {
      disturbances.begin();
    }
    runUntil(Climate.ACTIVE.toNanos());
    disturbances.heal();
    recover();
    settle("once everything had healed");
    clients.releaseAll();
    settle("once everything was given back");
    if (verdict.first() == null) {
      observer.audit(world.store().rows());
    }
    Map<String, Integer> coverage = new TreeMap<>(counts.all());
    disturbances.occurred().forEach((fault, times) -> coverage.put("FAULT_" + fault, times));
    return new Outcome(timeline.steps(), verdict.first(), coverage);
  }

  /** What enforcers lost they have again soon, and not only when their leases are renewed. */
  private void recover() {
    runUntil(timeline.now() + Climate.RECOVERY_MAX.toNanos());
    if (verdict.first() == null) {
      observer.dark().ifPresent(dark -> verdict.violated("recover", dark));
    }
  }

  private void settle(String when) {
    long end = timeline.now() + Climate.HEALING_MAX.toNanos();
    Optional<String> wrong = Optional.of("nothing was looked at");
    while (verdict.first() == null && wrong.isPresent() && timeline.now() < end) {
      runUntil(timeline.now() + LOOK_EVERY.toNanos());
      wrong = observer.unsettled();
    }
    wrong.ifPresent(left -> verdict.violated("6 nothing leaks", left + " " + when));
  }

  private void runUntil(long end) {
    while (verdict.first() == null && timeline.step(end)) {
      observer.look();
      if (!timeline.failures().isEmpty()) {
        Throwable failure = timeline.failures().getFirst();
        trace.say("DEFECT", () -> stack(failure));
        verdict.violated("defect", failure.toString());
      }
    }
  }

  private static String stack(Throwable failure) {
    java.io.StringWriter text = new java.io.StringWriter();
    failure.printStackTrace(new java.io.PrintWriter(text));
    return text.toString();
  }
}
