package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.simulators.flavor.Flavor;
import io.aipaging.simulators.flavor.Quirk;
import io.aipaging.simulators.pcf.PduSessionWatch.Violation;
import io.aipaging.simulators.spec.SpecSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The app sessions of a PCF and what it says to its consumers. Thread-safe, knows no HTTP. */
final class SimulatedPcf {
  private static final String NO_UE = "";
  private static final String CREATE = "AppSessionContext";
  private static final String UPDATE = "AppSessionContextUpdateDataPatch";

  private final ReentrantLock lock = new ReentrantLock();
  private final PcfSimulatorConfig config;
  private final PduSessionBook book;
  private final CreateRules rules;
  private final SilentHarm harm;
  private final PduSessionWatch watch;
  private final @Nullable SpecSchema spec;
  private final Map<String, AppSession> sessions = new LinkedHashMap<>();
  private final Map<Operation, Long> counts = new LinkedHashMap<>();
  private Behaviour behaviour = Behaviour.NORMAL;
  private int behaviourLeft = Integer.MAX_VALUE;
  private long numbered;

  SimulatedPcf(PcfSimulatorConfig config, PduSessionBook book) {
    this.config = config;
    this.book = book;
    this.rules = new CreateRules(config, book);
    this.harm = new SilentHarm(config);
    this.watch = new PduSessionWatch(config.gapMin(), System::nanoTime);
    this.spec = config.spec() == null ? null : SpecSchema.load(config.spec(), CREATE, UPDATE);
  }

  /**
   * A request under way.
   *
   * @param id app session it is about or made; null where there is none
   * @param ue UE it is about, or an empty text
   * @param reply answer to give
   * @param behaviour how to give it
   */
  record Turn(@Nullable String id, String ue, Reply reply, Behaviour behaviour) {}

  /** Does what is asked and says how to answer; {@link #answered} must follow. */
  Turn begin(Operation operation, @Nullable String id, @Nullable JsonNode body) {
    return locked(
        () -> {
          String ue = ueOf(id, body);
          counts.merge(operation, 1L, Long::sum);
          if (!ue.equals(NO_UE)) {
            harmed(watch.begin(ue, operation));
            if (config.has(Quirk.F_36)) {
              watch.paced(ue, operation);
            }
          }
          Behaviour now = behaviourFor(operation, ue);
          Behaviour.Refuse refuse = now.refuse();
          Reply reply =
              refuse == null
                  ? perform(operation, id, body, now)
                  : Reply.problem(refuse.status(), refuse.cause(), "told to refuse")
                      .retryAfter(refuse.retryAfterSec());
          return new Turn(id == null ? reply.location() : id, ue, reply, now);
        });
  }

  /** O-39, F-35: what must not be done to a real core. */
  private void harmed(PduSessionWatch.Harm done) {
    if (done == PduSessionWatch.Harm.OVERLAP && config.has(Quirk.F_35)) {
      sessions.clear();
    }
    if (done != PduSessionWatch.Harm.NONE && config.has(Quirk.O_39)) {
      book.crashSmf();
    }
  }

  /** The answer of a turn is on its way, or lost for good. */
  void answered(Turn turn) {
    locked(
        () -> {
          if (!turn.ue().equals(NO_UE)) {
            watch.end(turn.ue());
          }
          return null;
        });
  }

  private String ueOf(@Nullable String id, @Nullable JsonNode body) {
    if (id != null) {
      AppSession session = sessions.get(id);
      return session == null ? NO_UE : session.ue();
    }
    return body == null ? NO_UE : CreateRules.ueAddress(body.path("ascReqData"));
  }

  private Behaviour behaviourFor(Operation operation, String ue) {
    if (!behaviour.concerns(operation, ue) || behaviourLeft == 0) {
      return Behaviour.NORMAL;
    }
    behaviourLeft--;
    return behaviour;
  }

  private Reply perform(
      Operation operation, @Nullable String id, @Nullable JsonNode body, Behaviour now) {
    if (operation == Operation.CREATE) {
      return create(body, now);
    }
    if (operation == Operation.READ && config.has(Quirk.O_35)) {
      return Reply.problem(405, null, "Unknown method");
    }
    AppSession session = id == null ? null : sessions.get(id);
    if (session == null) {
      return Reply.problem(404, "APPLICATION_SESSION_CONTEXT_NOT_FOUND", "no such app session");
    }
    return switch (operation) {
      case READ -> Reply.of(200, null, session.context());
      case UPDATE -> update(session, body);
      case DELETE, CREATE -> {
        sessions.remove(session.id());
        yield Reply.of(204, null, null);
      }
    };
  }

  private Reply create(@Nullable JsonNode body, Behaviour now) {
    numbered++;
    if (body == null) {
      return Reply.invalid("INVALID_MSG_FORMAT", "no JSON", List.of());
    }
    Reply refusal = rules.refusal(body);
    if (refusal == null) {
      refusal = schemaRefusal(body, spec == null ? List.of() : spec.faults(CREATE, body));
    }
    if (refusal != null) {
      return refusal;
    }
    String equivalent = now.isSeeingOther() ? equivalentOf(body) : null;
    return equivalent == null ? store(body) : Reply.of(303, equivalent, null);
  }

  private Reply store(JsonNode body) {
    JsonNode asc = body.path("ascReqData");
    String id = newId(asc);
    ObjectNode context = body.deepCopy();
    context.putObject("ascRespData").put("suppFeat", asc.path("suppFeat").asText());
    String notifUri = asc.path("notifUri").asText();
    harm.ofCreate(asc, held(CreateRules.ueAddress(asc))).forEach(watch::add);
    sessions.put(id, new AppSession(id, CreateRules.ueAddress(asc), notifUri, context, false));
    return Reply.of(201, id, context);
  }

  private String newId(JsonNode asc) {
    if (config.has(Quirk.O_40)) {
      return Long.toString(numbered);
    }
    return config.flavor() == Flavor.FREE5GC
        ? asc.path("supi").asText("ue") + "-" + numbered
        : UUID.randomUUID().toString();
  }

  private long held(String ue) {
    return sessions.values().stream().filter(session -> session.ue().equals(ue)).count();
  }

  /** Flows of a UE that the SMF carries. */
  long flows(String ue) {
    return locked(
        () -> {
          long most = config.has(Quirk.O_30) ? SilentHarm.INSTALLED_MAX : Long.MAX_VALUE;
          return book.isCarried(ue) ? Math.min(held(ue), most) : 0;
        });
  }

  private @Nullable String equivalentOf(JsonNode body) {
    JsonNode wanted = body.path("ascReqData");
    return sessions.values().stream()
        .filter(
            known -> {
              JsonNode had = known.context().path("ascReqData");
              return known.ue().equals(CreateRules.ueAddress(wanted))
                  && had.path("medComponents").equals(wanted.path("medComponents"));
            })
        .map(AppSession::id)
        .findFirst()
        .orElse(null);
  }

  private Reply update(AppSession session, @Nullable JsonNode body) {
    if (body == null || !body.isObject() || CreateRules.hasNull(body)) {
      return Reply.invalid("INVALID_MSG_FORMAT", "null or no object", List.of());
    }
    Reply refusal = schemaRefusal(body, spec == null ? List.of() : spec.faults(UPDATE, body));
    if (refusal != null) {
      return refusal;
    }
    JsonNode data = config.has(Quirk.F_27) ? body : body.path("ascReqData");
    if (config.has(Quirk.O_33) && !data.has("medComponents")) {
      return Reply.problem(400, null, "No AscUpdateData->MediaCompoenent");
    }
    harm.ofUpdate(session, data).forEach(watch::add);
    boolean ignored = config.has(Quirk.F_27) && body.has("ascReqData");
    AppSession patched = ignored ? session : session.patched(body, config.has(Quirk.F_27));
    sessions.put(session.id(), patched);
    return Reply.of(200, null, patched.context());
  }

  private @Nullable Reply schemaRefusal(JsonNode body, List<String> faults) {
    if (faults.isEmpty()) {
      return null;
    }
    String ue = CreateRules.ueAddress(body.path("ascReqData"));
    watch.add(new Violation("SCHEMA", ue, "BODY", String.join("; ", faults)));
    return Reply.invalid("OPTIONAL_IE_INCORRECT", "against TS 29.514", faults);
  }

  /** The session whose end is to be told, marked as told; null when there is none. */
  @Nullable AppSession terminate(String id) {
    return locked(
        () -> {
          AppSession session = sessions.get(id);
          if (session != null && (config.has(Quirk.O_36) || config.has(Quirk.F_33))) {
            sessions.remove(id);
          } else if (session != null) {
            sessions.put(id, session.ended());
          }
          return session;
        });
  }

  /** Forgets a UE's app sessions and tells nobody. */
  void forget(String ue) {
    locked(() -> sessions.values().removeIf(session -> session.ue().equals(ue)));
  }

  /** Forgets all sessions, as a restart does; numbers start again. */
  void restart() {
    locked(
        () -> {
          sessions.clear();
          numbered = 0;
          return null;
        });
  }

  void behave(Behaviour next) {
    locked(
        () -> {
          behaviour = next;
          Integer times = next.times();
          behaviourLeft = times == null ? Integer.MAX_VALUE : times;
          return null;
        });
  }

  void clearViolations() {
    locked(
        () -> {
          watch.clear();
          return null;
        });
  }

  /** Everything there is to see. */
  PcfState state() {
    return locked(
        () -> {
          Map<String, Long> byName = new LinkedHashMap<>();
          counts.forEach((operation, count) -> byName.put(operation.name(), count));
          return new PcfState(
              List.copyOf(sessions.values()), watch.violations(), byName, spec != null);
        });
  }

  private <T extends @Nullable Object> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }
}
