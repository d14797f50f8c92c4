package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.ListQosBindings;
import io.aipaging.openapi.qosbinding.ListedBinding;
import io.aipaging.openapi.qosbinding.QosBindingList;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Some of the bindings, by reference. One that has ended is listed only when the core ended it: the
 * consumer may not have heard of that.
 */
final class BindingPage {
  private static final int LIMIT_MAX = 200;
  private static final int CAUSE_CHARACTERS_MAX = 64;
  private static final String ACCEPTED = "ACCEPTED";

  private BindingPage() {}

  static QosBindingList of(BindingTable table, ListQosBindings request) {
    int limit = request.limit() == null ? LIMIT_MAX : request.limit();
    if (limit < 1 || limit > LIMIT_MAX) {
      throw Refusal.of(400, "OPTIONAL_QUERY_PARAM_INCORRECT", "a query parameter is not usable")
          .with(List.of(new InvalidParam("query limit", "must be 1 to " + LIMIT_MAX)));
    }
    List<ListedBinding> found =
        table
            .after(request.pageToken())
            .map(BindingPage::listed)
            .filter(Objects::nonNull)
            .limit(limit + 1L)
            .toList();
    return found.size() <= limit
        ? new QosBindingList(found, null)
        : new QosBindingList(found.subList(0, limit), found.get(limit - 1).bindingRef());
  }

  private static @Nullable ListedBinding listed(Binding binding) {
    return switch (binding) {
      case Binding.Creating _ -> null;
      case Binding.Held held -> entry(binding, "HELD", held.holdExpiresAt(), null);
      case Binding.Confirmed confirmed -> entry(binding, "CONFIRMED", confirmed.expiresAt(), null);
      case Binding.Lost _ -> entry(binding, "LOST", null, null);
      case Binding.Ending ending -> ending(binding, ending.reason());
      case Binding.Ended ended ->
          ended.reason().startsWith(Binding.NETWORK_TERMINATED)
              ? ending(binding, ended.reason())
              : null;
    };
  }

  private static ListedBinding ending(Binding binding, String reason) {
    return reason.startsWith(Binding.NETWORK_TERMINATED)
        ? entry(binding, "TERMINATED", null, reason.substring(Binding.NETWORK_TERMINATED.length()))
        : entry(binding, "ENDING", null, reason);
  }

  private static ListedBinding entry(
      Binding binding, String state, @Nullable Instant expiresAt, @Nullable String cause) {
    String told =
        cause == null ? null : cause.substring(0, Math.min(CAUSE_CHARACTERS_MAX, cause.length()));
    return new ListedBinding(binding.identity().bindingRef(), state, ACCEPTED, expiresAt, told);
  }
}
