package io.aipaging.sbi.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.NoContent;
import io.aipaging.openapi.qosbinding.ConfirmQosBinding;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.openapi.qosbinding.DeleteQosBinding;
import io.aipaging.openapi.qosbinding.GetQosBinding;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.NpcfadapterQosbinding;
import io.aipaging.openapi.qosbinding.QosBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import io.aipaging.sbi.client.SbiClient;

/** {@code NpcfadapterQosbinding} of a peer, over HTTP. */
public final class HttpNpcfadapterQosbinding implements NpcfadapterQosbinding {
  private final SbiClient client;

  public HttpNpcfadapterQosbinding(SbiClient client) {
    this.client = client;
  }

  @Override
  public QosBinding createQosBinding(Call call, CreateQosBinding request) {
    return client.call(CREATE_QOS_BINDING, call, request);
  }

  @Override
  public QosBindingList listQosBindings(Call call, ListQosBindings request) {
    return client.call(LIST_QOS_BINDINGS, call, request);
  }

  @Override
  public QosBinding confirmQosBinding(Call call, ConfirmQosBinding request) {
    return client.call(CONFIRM_QOS_BINDING, call, request);
  }

  @Override
  public QosBinding routeQosBinding(Call call, RouteQosBinding request) {
    return client.call(ROUTE_QOS_BINDING, call, request);
  }

  @Override
  public QosBinding getQosBinding(Call call, GetQosBinding request) {
    return client.call(GET_QOS_BINDING, call, request);
  }

  @Override
  public NoContent deleteQosBinding(Call call, DeleteQosBinding request) {
    return client.call(DELETE_QOS_BINDING, call, request);
  }
}
