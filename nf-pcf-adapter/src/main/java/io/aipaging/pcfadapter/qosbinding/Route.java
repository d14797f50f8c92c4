package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.RouteQosBinding;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a flow should leave the core (TS 29.514 {@code AfRoutingRequirement}).
 *
 * @param dnai data network access
 * @param routeProfile {@code routeProfId} that the SMF knows
 * @param notificationUri where the SMF tells of the path
 * @param notifId what it tells along
 * @param keepOldPathSec {@code simConnTerm}, s, or null
 */
public record Route(
    String dnai,
    String routeProfile,
    String notificationUri,
    String notifId,
    @Nullable Integer keepOldPathSec) {
  private static final Pattern DNAI = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern ROUTE_PROFILE = Pattern.compile("[!-~]{1,64}");
  private static final Pattern NOTIF_ID = Pattern.compile("[A-Za-z0-9_-]{16,64}");
  private static final int URI_MAX = 512;
  private static final int KEEP_SEC_MAX = 3_600;

  /** Reads a request; refuses with 400 naming every member at fault. */
  static Route parse(RouteQosBinding wire) {
    List<InvalidParam> faults = new ArrayList<>();
    Integer keep = wire.keepOldPathSec();
    check(faults, "/dnai", DNAI.matcher(wire.dnai()).matches());
    check(faults, "/routeProfile", ROUTE_PROFILE.matcher(wire.routeProfile()).matches());
    check(faults, "/notificationUri", isHttp(wire.notificationUri()));
    check(faults, "/notifId", NOTIF_ID.matcher(wire.notifId()).matches());
    check(faults, "/keepOldPathSec", keep == null || (keep >= 1 && keep <= KEEP_SEC_MAX));
    if (!faults.isEmpty()) {
      throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "the route cannot be asked for like this")
          .with(faults);
    }
    return new Route(
        wire.dnai(), wire.routeProfile(), wire.notificationUri(), wire.notifId(), keep);
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && text.length() <= URI_MAX;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void check(List<InvalidParam> faults, String param, boolean holds) {
    if (!holds) {
      faults.add(new InvalidParam(param, "outside what is allowed"));
    }
  }

  /**
   * The same until a time, by which the core gives it up by itself.
   *
   * @param route where to
   * @param until end of the session it serves
   */
  public record Until(Route route, Instant until) {}
}
