package io.aipaging.contract;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Requests that come too late, or say so illegibly (TS 29.500 §6.11). */
final class Deadlines {
  private static final String SENT = "3gpp-Sbi-Sender-Timestamp";
  private static final String WAITS = "3gpp-Sbi-Max-Rsp-Time";
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss.SSS 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private Deadlines() {}

  static String timestamp(Instant instant) {
    return FORMAT.format(instant);
  }

  static List<BadRequest> bad(WireRequest valid) {
    Instant now = Instant.now();
    return List.of(
        late(
            "sent ten minutes ago",
            valid.with(SENT, timestamp(now.minusSeconds(600))).with(WAITS, "500")),
        late(
            "sent last year",
            valid.with(SENT, timestamp(now.minusSeconds(31_536_000))).with(WAITS, "99999")),
        late("no time to answer", valid.with(WAITS, "0")),
        illegible(WAITS, valid.with(WAITS, "soon")),
        illegible(WAITS, valid.with(WAITS, "-1")),
        illegible(WAITS, valid.with(WAITS, "100000")),
        illegible(SENT, valid.with(SENT, "yesterday")),
        illegible(SENT, valid.with(SENT, "2026-11-23T09:00:00Z")),
        illegible(
            "3gpp-Sbi-Request-Info", valid.with("3gpp-Sbi-Request-Info", "idempotency-key=")));
  }

  private static BadRequest late(String name, WireRequest request) {
    return BadRequest.of(Requirement.DEADLINE_PAST, name, request, 504, "TIMED_OUT_REQUEST");
  }

  private static BadRequest illegible(String header, WireRequest request) {
    return new BadRequest(
        Requirement.OUT_OF_RANGE,
        header + ": " + request.headers().get(header),
        request,
        400,
        Set.of("OPTIONAL_IE_INCORRECT"),
        "header " + header);
  }
}
