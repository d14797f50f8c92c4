package io.aipaging.pcfadapter.qosbinding.n5;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What an {@code EventsNotification} (TS 29.514) says of an app session's QoS. One bad word among
 * several wins: traffic is only as good as its worst flow.
 *
 * @param kept whether the QoS is enforced
 * @param cause the event, as the core names it
 */
record QosNews(boolean kept, String cause) {
  /** What it understands. */
  static final List<String> EVENTS =
      List.of("QOS_NOTIF", "SUCCESSFUL_RESOURCES_ALLOCATION", "FAILED_RESOURCES_ALLOCATION");

  static Optional<QosNews> of(JsonNode body) {
    Optional<QosNews> news = Optional.empty();
    for (JsonNode notification : body.path("evNotifs")) {
      Optional<QosNews> one = of(notification.path("event").asText(""), body);
      if (one.isPresent() && (news.isEmpty() || !one.get().kept())) {
        news = one;
      }
    }
    return news;
  }

  private static Optional<QosNews> of(String event, JsonNode body) {
    return switch (event) {
      case "SUCCESSFUL_RESOURCES_ALLOCATION" -> Optional.of(new QosNews(true, event));
      case "FAILED_RESOURCES_ALLOCATION" -> Optional.of(new QosNews(false, event));
      case "QOS_NOTIF" -> controlled(body.path("qncReports"));
      default -> Optional.empty();
    };
  }

  private static Optional<QosNews> controlled(JsonNode reports) {
    boolean kept = false;
    for (JsonNode report : reports) {
      switch (report.path("notifType").asText("")) {
        case "NOT_GUARANTEED" -> {
          return Optional.of(new QosNews(false, "QOS_NOTIF"));
        }
        case "GUARANTEED" -> kept = true;
        default -> {}
      }
    }
    return kept ? Optional.of(new QosNews(true, "QOS_NOTIF")) : Optional.empty();
  }
}
