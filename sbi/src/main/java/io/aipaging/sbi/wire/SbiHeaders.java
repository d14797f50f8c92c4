package io.aipaging.sbi.wire;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The custom headers of TS 29.500 §5.2.3 that this project reads and writes.
 *
 * @param senderTimestamp {@code 3gpp-Sbi-Sender-Timestamp}, or null
 * @param maxRspTime {@code 3gpp-Sbi-Max-Rsp-Time}, 0 to 99,999 ms, or null
 * @param idempotencyKey from {@code 3gpp-Sbi-Request-Info}, 1 to 128 visible characters, or null
 */
public record SbiHeaders(
    @Nullable Instant senderTimestamp,
    @Nullable Duration maxRspTime,
    @Nullable String idempotencyKey) {
  /** When the request was sent, by the sender's wall clock. */
  public static final String SENDER_TIMESTAMP = "3gpp-Sbi-Sender-Timestamp";

  /** How long the sender waits, milliseconds. */
  public static final String MAX_RSP_TIME = "3gpp-Sbi-Max-Rsp-Time";

  /** Idempotency key and retransmission mark. */
  public static final String REQUEST_INFO = "3gpp-Sbi-Request-Info";

  /** 0 (highest) to 31. */
  public static final String MESSAGE_PRIORITY = "3gpp-Sbi-Message-Priority";

  /** {@code apiRoot} of the producer meant, in a request to an SCP (TS 29.500 §6.10.2). */
  public static final String TARGET_API_ROOT = "3gpp-Sbi-Target-apiRoot";

  private static final long MAX_RSP_TIME_MS_MAX = 99_999;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss.SSS 'GMT'", Locale.ROOT)
          .withResolverStyle(java.time.format.ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,5}");
  private static final Pattern PRIORITY = Pattern.compile("[0-9]|[12][0-9]|3[01]");
  private static final Pattern REQUEST_INFO_PARAM =
      Pattern.compile("[ \t]*([A-Za-z][A-Za-z0-9-]*)=[ \t]*(\"?)([!#-:<-~]{1,128})\\2[ \t]*");

  /**
   * Reads the headers.
   *
   * @param valuesOf all values of a header by its name
   * @throws Refusal 400 naming each malformed or repeated header
   */
  public static SbiHeaders read(Function<String, List<String>> valuesOf) {
    optional(valuesOf, MESSAGE_PRIORITY, PRIORITY);
    String timestamp = single(valuesOf, SENDER_TIMESTAMP);
    String maxRspTime = optional(valuesOf, MAX_RSP_TIME, MILLISECONDS);
    String requestInfo = single(valuesOf, REQUEST_INFO);
    return new SbiHeaders(
        timestamp == null ? null : instant(timestamp),
        maxRspTime == null ? null : Duration.ofMillis(Long.parseLong(maxRspTime)),
        requestInfo == null ? null : idempotencyKey(requestInfo));
  }

  /** Reads a {@code 3gpp-Sbi-Message-Priority}, 0 (highest) to 31; empty when it is none. */
  public static OptionalInt priority(String value) {
    return PRIORITY.matcher(value).matches()
        ? OptionalInt.of(Integer.parseInt(value))
        : OptionalInt.empty();
  }

  /** Renders a {@code 3gpp-Sbi-Sender-Timestamp}. */
  public static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }

  /** Reads what {@link #timestamp} renders; empty when it is none. */
  static Optional<Instant> parseTimestamp(String value) {
    try {
      return Optional.of(TIMESTAMP.parse(value, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Renders a {@code 3gpp-Sbi-Max-Rsp-Time}; what is longer than 99,999 ms is cut to that. */
  public static String maxRspTime(Duration time) {
    return Long.toString(Math.clamp(time.toMillis(), 0L, MAX_RSP_TIME_MS_MAX));
  }

  /** Renders a {@code 3gpp-Sbi-Request-Info}. */
  public static String requestInfo(String idempotencyKey, boolean retransmission) {
    String info = "idempotency-key=" + idempotencyKey;
    return retransmission ? info + "; retrans=true" : info;
  }

  /**
   * When the sender stops waiting: its timestamp plus its waiting time, and never later than its
   * waiting time from now, so that a fast sender's clock gains nothing.
   *
   * @param ownLimit used when the sender names no waiting time
   */
  public Instant deadline(Instant now, Duration ownLimit) {
    if (maxRspTime == null) {
      return now.plus(ownLimit);
    }
    Instant fromNow = now.plus(maxRspTime);
    if (senderTimestamp == null) {
      return fromNow;
    }
    Instant fromSender = senderTimestamp.plus(maxRspTime);
    return fromSender.isBefore(fromNow) ? fromSender : fromNow;
  }

  private static Instant instant(String value) {
    return parseTimestamp(value).orElseThrow(() -> malformed(SENDER_TIMESTAMP));
  }

  private static @Nullable String idempotencyKey(String value) {
    String key = null;
    for (String param : value.split(";", -1)) {
      Matcher matcher = REQUEST_INFO_PARAM.matcher(param);
      if (!matcher.matches()) {
        throw malformed(REQUEST_INFO);
      }
      if (matcher.group(1).equalsIgnoreCase("idempotency-key")) {
        if (key != null) {
          throw malformed(REQUEST_INFO);
        }
        key = matcher.group(3);
      }
    }
    return key;
  }

  private static @Nullable String optional(
      Function<String, List<String>> valuesOf, String name, Pattern pattern) {
    String value = single(valuesOf, name);
    if (value != null && !pattern.matcher(value).matches()) {
      throw malformed(name);
    }
    return value;
  }

  private static @Nullable String single(Function<String, List<String>> valuesOf, String name) {
    List<String> values = valuesOf.apply(name);
    if (values.size() > 1) {
      throw malformed(name);
    }
    return values.isEmpty() ? null : values.getFirst().strip();
  }

  private static Refusal malformed(String header) {
    return Refusal.of(400, "OPTIONAL_IE_INCORRECT", "A header is malformed.")
        .with(List.of(new InvalidParam("header " + header, "malformed or repeated")));
  }
}
