package io.aipaging.pcfadapter.qosbinding;

import io.aipaging.openapi.InvalidParam;
import io.aipaging.openapi.Refusal;
import io.aipaging.openapi.qosbinding.CreateQosBinding;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.UeAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A create request that has been looked at: whatever it holds may be sent to a core. */
record BindingRequest(CreateQosBinding wire, UeAddress ue, ServiceEndpoint service) {
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern BIT_RATE =
      Pattern.compile("\\d{1,12}(\\.\\d{1,6})? (bps|Kbps|Mbps|Gbps|Tbps)");
  private static final Pattern QOS_REFERENCE = Pattern.compile("[!-~]{1,64}");
  private static final Pattern DNN = Pattern.compile("[A-Za-z0-9.-]{1,100}");
  private static final Pattern SUPI = Pattern.compile("(imsi-\\d{5,15}|nai-.{1,250})");
  private static final Pattern SD = Pattern.compile("[A-Fa-f0-9]{6}");

  /** Reads a request; refuses with 400 naming every member at fault. */
  static BindingRequest parse(CreateQosBinding wire) {
    List<InvalidParam> faults = new ArrayList<>();
    check(faults, "/bindingRef", wire.bindingRef(), REF.asMatchPredicate());
    check(faults, "/qosReference", wire.qosReference(), QOS_REFERENCE.asMatchPredicate());
    check(faults, "/holdTtlMs", wire.holdTtlMs(), ms -> ms >= 100 && ms <= 60_000);
    checkOptional(faults, "/maxBwUl", wire.maxBwUl(), BIT_RATE);
    checkOptional(faults, "/maxBwDl", wire.maxBwDl(), BIT_RATE);
    checkOptional(faults, "/dnn", wire.dnn(), DNN);
    checkOptional(faults, "/supi", wire.supi(), SUPI);
    var slice = wire.snssai();
    if (slice != null) {
      check(faults, "/snssai/sst", slice.sst(), sst -> sst >= 0 && sst <= 255);
      checkOptional(faults, "/snssai/sd", slice.sd(), SD);
    }
    UeAddress ue = ue(faults, wire.ueAddress());
    ServiceEndpoint service = service(faults, wire);
    if (!faults.isEmpty() || ue == null || service == null) {
      throw Refusal.of(400, "MANDATORY_IE_INCORRECT", "the binding cannot be asked for like this")
          .with(faults);
    }
    return new BindingRequest(wire, ue, service);
  }

  /** The binding's identity, correlated by {@code notifId}. */
  BindingIdentity identity(String notifId) {
    return new BindingIdentity(
        wire.bindingRef(),
        notifId,
        ue.ofPduSession().toString(),
        wire.qosReference(),
        contentDigest(),
        null);
  }

  /** What to ask of the core. */
  AppSessionOrder order(String notifId) {
    return new AppSessionOrder(
        notifId,
        ue,
        service,
        wire.qosReference(),
        wire.maxBwUl(),
        wire.maxBwDl(),
        null,
        new AppSessionOrder.Subscriber(wire.dnn(), wire.snssai(), wire.supi()));
  }

  Duration holdTtl() {
    return Duration.ofMillis(wire.holdTtlMs());
  }

  private String contentDigest() {
    var slice = wire.snssai();
    String sd = slice == null ? null : slice.sd();
    return digest(
        Arrays.asList(
            ue.toString(),
            service.toString(),
            wire.dnn(),
            slice == null ? null : Integer.toString(slice.sst()),
            sd,
            wire.supi(),
            wire.qosReference(),
            wire.maxBwUl(),
            wire.maxBwDl(),
            Integer.toString(wire.holdTtlMs())));
  }

  private static String digest(List<@Nullable String> parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(4).putInt(part == null ? -1 : bytes.length).flip());
        sha256.update(bytes);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static @Nullable UeAddress ue(List<InvalidParam> faults, String text) {
    try {
      return UeAddress.parse(text);
    } catch (IllegalArgumentException e) {
      faults.add(new InvalidParam("/ueAddress", "not an address"));
      return null;
    }
  }

  private static @Nullable ServiceEndpoint service(
      List<InvalidParam> faults, CreateQosBinding wire) {
    try {
      return ServiceEndpoint.of(
          wire.service().address(), wire.service().protocol(), wire.service().port());
    } catch (IllegalArgumentException e) {
      faults.add(new InvalidParam("/service", "not an address, protocol and port"));
      return null;
    }
  }

  private static <T> void check(
      List<InvalidParam> faults, String param, T value, Predicate<T> allowed) {
    if (!allowed.test(value)) {
      faults.add(new InvalidParam(param, "outside what is allowed"));
    }
  }

  private static void checkOptional(
      List<InvalidParam> faults, String param, @Nullable String value, Pattern allowed) {
    if (value != null && !allowed.matcher(value).matches()) {
      faults.add(new InvalidParam(param, "outside what is allowed"));
    }
  }
}
