package io.aipaging.pcfadapter.qosbinding.n5;

import io.aipaging.openapi.Snssai;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of TS 29.514 {@code AppSessionContext} that are sent; absent ones are not written.
 */
record AppSessionContext(ReqData ascReqData) {
  /**
   * {@code AppSessionContextReqData}.
   *
   * @param notifUri where the core tells the end of the app session
   * @param suppFeat features, hexadecimal
   * @param ueIpv4 UE, exactly one of this and {@code ueIpv6}
   * @param ueIpv6 UE
   * @param supi subscriber when known; free5GC finds the PDU session by it
   * @param dnn data network
   * @param sliceInfo slice
   * @param afAppId who asks
   * @param evSubsc what to be told of, or null
   * @param afRoutReq where the flow should leave the core, or null
   * @param medComponents one component
   */
  record ReqData(
      String notifUri,
      String suppFeat,
      @Nullable String ueIpv4,
      @Nullable String ueIpv6,
      @Nullable String supi,
      @Nullable String dnn,
      @Nullable Snssai sliceInfo,
      @Nullable String afAppId,
      @Nullable EventSubscription evSubsc,
      @Nullable RoutingRequirement afRoutReq,
      Map<String, MediaComponent> medComponents) {}

  /** The members of {@code AppSessionContextUpdateDataPatch} that are sent. */
  record Update(UpdateData ascReqData) {}

  /**
   * {@code AppSessionContextUpdateData}.
   *
   * @param afRoutReq a route, in place of the one before, or null
   * @param qosDuration how long from now, s, at least 60; or null
   */
  record UpdateData(@Nullable RoutingRequirement afRoutReq, @Nullable Integer qosDuration) {}

  /**
   * {@code AfRoutingRequirement}.
   *
   * @param routeToLocs one place
   * @param tempVals until when
   * @param upPathChgSub where the SMF tells of the path
   * @param simConnInd whether the path before is kept for a while
   * @param simConnTerm how long, s
   */
  record RoutingRequirement(
      List<RouteToLocation> routeToLocs,
      List<TemporalValidity> tempVals,
      UpPathChangeEvent upPathChgSub,
      @Nullable Boolean simConnInd,
      @Nullable Integer simConnTerm) {}

  /** {@code RouteToLocation}. */
  record RouteToLocation(String dnai, String routeProfId) {}

  /** {@code TemporalValidity}: from now on. */
  record TemporalValidity(Instant stopTime) {}

  /** {@code UpPathChgEvent}. */
  record UpPathChangeEvent(
      String notificationUri, String notifCorreId, String dnaiChgType, boolean afAckInd) {}

  /**
   * {@code EventsSubscReqData}.
   *
   * @param events of which kinds
   * @param notifUri where they are told
   */
  record EventSubscription(List<Event> events, String notifUri) {}

  /** {@code AfEventSubscription}, told whenever it happens. */
  record Event(String event) {}

  /**
   * {@code MediaComponent}. Bit rates only where the reference is a guaranteed one: a core makes
   * any flow with a rate a guaranteed one.
   */
  record MediaComponent(
      int medCompN,
      @Nullable String qosReference,
      String medType,
      String fStatus,
      @Nullable String marBwUl,
      @Nullable String marBwDl,
      @Nullable String mirBwUl,
      @Nullable String mirBwDl,
      Map<String, MediaSubComponent> medSubComps) {}

  /** {@code MediaSubComponent}: one filter per direction. */
  record MediaSubComponent(int fNum, List<String> fDescs, String fStatus) {}
}
