package io.aipaging.simulation.bugs;

import io.aipaging.aipf.enforcement.Enforcement.Peers;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.admission.AdmittedLease;
import io.aipaging.openapi.admission.ApplyCommit;
import io.aipaging.openapi.admission.NaexfAdmission;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.openapi.steering.AppliedCommits;
import io.aipaging.openapi.steering.ApplyCommits;
import io.aipaging.openapi.steering.NsmfadapterSteering;
import io.aipaging.openapi.steering.ProbeCommit;
import io.aipaging.openapi.steering.ProbeResult;
import io.aipaging.simulation.variant.Variant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bugs of how the AIPF carries out what it has decided. */
final class PeerBugs {
  private PeerBugs() {}

  private static Peers gates(Peers real, UnaryOperator<NsmfadapterSteering> bug) {
    return new Peers(id -> real.gates().steeringOf(id).map(bug), real.anchors(), real.qos());
  }

  private static Peers anchors(Peers real, UnaryOperator<NaexfAdmission> bug) {
    return new Peers(real.gates(), id -> real.anchors().admissionOf(id).map(bug), real.qos());
  }

  /** Every path is taken for usable without a look. */
  static final class ProbesSkipped extends Variant {
    @Override
    public Peers peers(Peers real) {
      return gates(
          real,
          gate ->
              new Gates(gate) {
                @Override
                public ProbeResult probeCommit(Call call, ProbeCommit request) {
                  return new ProbeResult(true, null, null, 1, null);
                }
              });
    }
  }

  /** The old anchor takes nothing new any more before the gate has switched to the other. */
  static final class OldStoppedBeforeSwitch extends Variant {
    @Override
    public Peers peers(Peers all) {
      return gates(
          all,
          gate ->
              new Gates(gate) {
                @Override
                public AppliedCommits applyCommits(Call call, ApplyCommits request) {
                  request.commits().stream()
                      .filter(jws -> Forgery.is(jws, "drain"))
                      .forEach(jws -> tellAnchor(all, call, jws));
                  return gate.applyCommits(call, request);
                }
              });
    }

    private static void tellAnchor(Peers real, Call call, String drain) {
      real.anchors()
          .admissionOf(Forgery.anchor(drain))
          .ifPresent(anchor -> quietly(anchor, call, drain));
    }

    private static void quietly(NaexfAdmission anchor, Call call, String drain) {
      try {
        var _ = anchor.applyCommit(call, new ApplyCommit(drain));
      } catch (Refusal e) {
        return; // as if it had been told
      }
    }
  }

  /** A gate is never told of an end, and the row says it was. */
  static final class EndsNotSent extends Variant {
    @Override
    public Peers peers(Peers real) {
      return gates(
          real,
          gate ->
              new Gates(gate) {
                @Override
                public AppliedCommits applyCommits(Call call, ApplyCommits request) {
                  return request.commits().stream().allMatch(jws -> Forgery.is(jws, "end"))
                      ? new AppliedCommits(List.of())
                      : gate.applyCommits(call, request);
                }
              });
    }
  }

  /** Undoing leaves out one step: an anchor is never told that a lease of a session ended. */
  static final class CompensationDropped extends Variant {
    @Override
    public Peers peers(Peers real) {
      return anchors(
          real,
          anchor ->
              new Anchors(anchor) {
                @Override
                public AdmittedLease applyCommit(Call call, ApplyCommit request) {
                  String jws = request.commit();
                  return Forgery.is(jws, "end") && jws.contains("\"scope\":\"lease\"")
                      ? new AdmittedLease("-", "-", 0, "end", 0)
                      : anchor.applyCommit(call, request);
                }
              });
    }
  }

  /** QoS is never given back, and the row says it was. */
  static final class QosNotReleased extends Variant {
    @Override
    public Peers peers(Peers real) {
      NpcfadapterQosbinding qos = real.qos();
      return new Peers(
          real.gates(),
          real.anchors(),
          new NpcfadapterQosbinding() {
            @Override
            public QosBinding createQosBinding(Call call, CreateQosBinding request) {
              return qos.createQosBinding(call, request);
            }

            @Override
            public QosBinding confirmQosBinding(Call call, ConfirmQosBinding request) {
              return qos.confirmQosBinding(call, request);
            }

            @Override
            public QosBinding routeQosBinding(Call call, RouteQosBinding request) {
              return qos.routeQosBinding(call, request);
            }

            @Override
            public QosBinding getQosBinding(Call call, GetQosBinding request) {
              return qos.getQosBinding(call, request);
            }

            @Override
            public NoContent deleteQosBinding(Call call, DeleteQosBinding request) {
              return NoContent.INSTANCE;
            }

            @Override
            public QosBindingList listQosBindings(Call call, ListQosBindings request) {
              return qos.listQosBindings(call, request);
            }
          });
    }
  }
}
