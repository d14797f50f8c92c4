package io.aipaging.openapi.qosbinding;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.Operation;
import java.util.List;

/** QoS bindings, in front of Npcf_PolicyAuthorization (TS 29.514). */
public interface NpcfadapterQosbinding {
  /** Service name and OAuth2 scope. */
  String API = "npcfadapter-qosbinding";

  /** Creates a held binding. */
  Operation<CreateQosBinding, QosBinding> CREATE_QOS_BINDING =
      Operation.create(
              API,
              "CreateQosBinding",
              "/qos-bindings",
              "/qos-bindings/{bindingRef}",
              CreateQosBinding.class,
              QosBinding.class)
          .repeatable();

  /** Confirms a binding. */
  Operation<ConfirmQosBinding, QosBinding> CONFIRM_QOS_BINDING =
      Operation.post(
              API,
              "ConfirmQosBinding",
              "/qos-bindings/{bindingRef}/confirm",
              ConfirmQosBinding.class,
              QosBinding.class)
          .repeatable();

  /** Routes a binding's flow. */
  Operation<RouteQosBinding, QosBinding> ROUTE_QOS_BINDING =
      Operation.put(
          API,
          "RouteQosBinding",
          "/qos-bindings/{bindingRef}/route",
          RouteQosBinding.class,
          QosBinding.class);

  /** Reads a binding. */
  Operation<GetQosBinding, QosBinding> GET_QOS_BINDING =
      Operation.get(
          API,
          "GetQosBinding",
          "/qos-bindings/{bindingRef}",
          GetQosBinding.class,
          QosBinding.class);

  /** Deletes a binding. */
  Operation<DeleteQosBinding, NoContent> DELETE_QOS_BINDING =
      Operation.delete(
          API, "DeleteQosBinding", "/qos-bindings/{bindingRef}", DeleteQosBinding.class);

  /** Lists bindings. */
  Operation<ListQosBindings, QosBindingList> LIST_QOS_BINDINGS =
      Operation.get(
          API, "ListQosBindings", "/qos-bindings", ListQosBindings.class, QosBindingList.class);

  /** The contract. */
  Contract CONTRACT =
      new Contract(
          API,
          List.of(
              CREATE_QOS_BINDING,
              LIST_QOS_BINDINGS,
              CONFIRM_QOS_BINDING,
              ROUTE_QOS_BINDING,
              GET_QOS_BINDING,
              DELETE_QOS_BINDING));

  /**
   * Creates; 403 with the PCF's cause when the core refuses, 409 {@code BINDING_REF_IN_USE} for
   * other content under the same reference or one that was deleted, 502 or 504 when the core cannot
   * be used. A binding that the core dropped may be created again under its reference.
   */
  QosBinding createQosBinding(Call call, CreateQosBinding request);

  /** Confirms; 404 {@code BINDING_NOT_FOUND} when the hold is gone. */
  QosBinding confirmQosBinding(Call call, ConfirmQosBinding request);

  /**
   * Asks the core to route a binding's flow, in place of what was asked before; accepted is not
   * done, which the SMF tells. A route ends with its binding. 403 {@code ROUT_REQ_NOT_AUTHORIZED}
   * when this core routes no app sessions, or the PCF's cause; 404 {@code BINDING_NOT_FOUND}; 502
   * or 504 when the core cannot be used, and a repeat is harmless.
   */
  QosBinding routeQosBinding(Call call, RouteQosBinding request);

  /** Reads; 404 {@code BINDING_NOT_FOUND}. */
  QosBinding getQosBinding(Call call, GetQosBinding request);

  /** Deletes at the core; answers only when the core has let go. */
  NoContent deleteQosBinding(Call call, DeleteQosBinding request);

  /** Lists what the adapter knows; the core is not asked. */
  QosBindingList listQosBindings(Call call, ListQosBindings request);
}
