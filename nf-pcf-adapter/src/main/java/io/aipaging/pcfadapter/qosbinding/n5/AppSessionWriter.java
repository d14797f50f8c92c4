package io.aipaging.pcfadapter.qosbinding.n5;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aipaging.openapi.Snssai;
import io.aipaging.pcfadapter.qosbinding.AppSessionOrder;
import io.aipaging.pcfadapter.qosbinding.AppSessionTerms;
import io.aipaging.pcfadapter.qosbinding.Route;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionContext.Event;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionContext.EventSubscription;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionContext.MediaComponent;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionContext.MediaSubComponent;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionContext.ReqData;
import io.aipaging.pcfadapter.qosbinding.n5.AppSessionContext.RoutingRequirement;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import io.aipaging.sbi.Json;
import io.aipaging.sbi.bsf.AddressText;
import io.aipaging.sbi.core.CoreProfile;
import java.net.Inet6Address;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the one body that every core accepts. */
public final class AppSessionWriter {
  private static final String ENABLED = "ENABLED";

  private final CoreProfile.N5 core;
  private final AppSessionDefaults defaults;
  private final String callbackBase;

  /**
   * A writer.
   *
   * @param core what this core wants to hear
   * @param defaults what the operator wants said
   * @param callbackBase URI below which callbacks are answered, ending in a slash
   */
  public AppSessionWriter(CoreProfile.N5 core, AppSessionDefaults defaults, String callbackBase) {
    this.core = core;
    this.defaults = defaults;
    this.callbackBase = callbackBase;
  }

  /** The body of a create, for whoever wants to send it another way. */
  public ObjectNode json(AppSessionOrder order) {
    return Json.MAPPER.valueToTree(write(order));
  }

  AppSessionContext write(AppSessionOrder order) {
    boolean ipv6 = order.ue().address() instanceof Inet6Address;
    String ue = AddressText.of(order.ue().address());
    Snssai slice = order.subscriber().snssai();
    String dnn = order.subscriber().dnn();
    return new AppSessionContext(
        new ReqData(
            callbackBase + order.notifId(),
            offered().toHex(),
            ipv6 ? null : ue,
            ipv6 ? ue : null,
            order.subscriber().supi(),
            dnn == null ? defaults.dnn() : dnn,
            slice == null ? defaults.snssai() : slice,
            defaults.afAppId(),
            core.events() ? subscription(order) : null,
            order.route() == null ? null : routing(order.route().route(), order.route().until()),
            Map.of("1", component(order))));
  }

  /** Features to offer. */
  private Features offered() {
    Integer timing = defaults.qosTimingFeature();
    Features all = Features.parse(core.suppFeat());
    return timing == null ? all : all.with(timing);
  }

  /** Whether it is offered to tell a PCF when to end an app session by itself. */
  boolean offersTiming() {
    return defaults.qosTimingFeature() != null;
  }

  /** Whether a PCF that answers these features ends app sessions by itself when told to. */
  boolean endsByItself(Features agreed) {
    Integer timing = defaults.qosTimingFeature();
    return timing != null && agreed.has(timing);
  }

  /** The body of an update, for whoever wants to send it another way. */
  public ObjectNode json(AppSessionTerms terms, @Nullable Integer seconds) {
    return Json.MAPPER.valueToTree(update(terms, seconds));
  }

  /**
   * The body of an update.
   *
   * @param seconds how long the core is to keep the app session; null does not say
   */
  AppSessionContext.Update update(AppSessionTerms terms, @Nullable Integer seconds) {
    Route route = terms.route();
    return new AppSessionContext.Update(
        new AppSessionContext.UpdateData(
            route == null ? null : routing(route, terms.until()), seconds));
  }

  private static RoutingRequirement routing(Route route, Instant until) {
    Integer keep = route.keepOldPathSec();
    return new RoutingRequirement(
        List.of(new AppSessionContext.RouteToLocation(route.dnai(), route.routeProfile())),
        List.of(new AppSessionContext.TemporalValidity(until)),
        new AppSessionContext.UpPathChangeEvent(
            route.notificationUri(), route.notifId(), "EARLY_LATE", true),
        keep == null ? null : true,
        keep);
  }

  private EventSubscription subscription(AppSessionOrder order) {
    return new EventSubscription(
        QosNews.EVENTS.stream().map(Event::new).toList(), callbackBase + order.notifId());
  }

  private MediaComponent component(AppSessionOrder order) {
    AppSessionDefaults.Tier tier =
        defaults
            .tier(order.qosReference())
            .orElseGet(
                () ->
                    new AppSessionDefaults.Tier(
                        order.qosReference(), core.medTypeDefault(), false));
    String up = tier.guaranteed() ? order.maxBwUl() : null;
    String down = tier.guaranteed() ? order.maxBwDl() : null;
    return new MediaComponent(
        1,
        tier.isNamed() ? order.qosReference() : null,
        tier.medType(),
        ENABLED,
        up,
        down,
        up,
        down,
        Map.of("1", new MediaSubComponent(1, filters(order.ue(), order.service()), ENABLED)));
  }

  /** Downlink and uplink as seen by the UPF; the anchor never appears. */
  private static List<String> filters(UeAddress ue, ServiceEndpoint service) {
    String remote = AddressText.of(service.address()) + " " + service.port();
    String user = AddressText.of(ue.address()) + suffix(ue);
    int protocol = service.protocol().number();
    return List.of(
        "permit out " + protocol + " from " + remote + " to " + user,
        "permit in " + protocol + " from " + user + " to " + remote);
  }

  private static String suffix(UeAddress ue) {
    boolean whole = ue.prefixLength() == ue.address().getAddress().length * 8;
    return whole ? "" : "/" + ue.prefixLength();
  }

  /**
   * The callback id in a notifUri, or null when the URI is not one of ours. Its authority is not
   * looked at: an adapter may come back at another address, and the id alone is unguessable.
   */
  static @Nullable String notifIdOf(String notifUri) {
    int at = notifUri.lastIndexOf(N5Callbacks.PATH);
    return at < 0 ? null : notifUri.substring(at + N5Callbacks.PATH.length());
  }
}
