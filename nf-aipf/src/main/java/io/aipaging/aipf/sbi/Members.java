package io.aipaging.aipf.sbi;

import io.aipaging.openapi.ServiceAddress;
import io.aipaging.openapi.paging.TokenBinding;
import io.aipaging.protocol.Aisi;
import io.aipaging.protocol.Confirmation;
import io.aipaging.protocol.ServiceEndpoint;
import io.aipaging.protocol.SessionId;
import io.aipaging.protocol.UeAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads members of requests. The HTTP wiring has validated them against the contract already; a
 * consumer in the same process gets the same refusals from here.
 */
final class Members {
  private static final int DURATION_SEC_MIN = 10;
  private static final int DURATION_SEC_MAX = 86_400;

  private Members() {}

  /** An id nobody has is not found, whatever it looks like. */
  static SessionId sessionId(String text) {
    try {
      return new SessionId(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.sessionNotFound();
    }
  }

  static Aisi aisi(String text) {
    try {
      return Aisi.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.optionalMember("/aisi", "not an AI service identity");
    }
  }

  static UeAddress ueAddress(String pointer, String text) {
    try {
      return UeAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusals.mandatoryMember(pointer, "not an IPv4 or IPv6 address");
    }
  }

  static ServiceEndpoint service(String pointer, ServiceAddress address) {
    try {
      return ServiceEndpoint.of(address.address(), address.protocol(), address.port());
    } catch (IllegalArgumentException e) {
      throw Refusals.mandatoryMember(pointer, "not the address of a service");
    }
  }

  static @Nullable Duration duration(@Nullable Integer seconds) {
    if (seconds == null) {
      return null;
    }
    if (seconds < DURATION_SEC_MIN || seconds > DURATION_SEC_MAX) {
      throw Refusals.optionalMember(
          "/durationSec", "must be " + DURATION_SEC_MIN + " to " + DURATION_SEC_MAX);
    }
    return Duration.ofSeconds(seconds);
  }

  /** Null means the UE's address. */
  static @Nullable Confirmation confirmation(@Nullable TokenBinding binding) {
    if (binding == null) {
      return null;
    }
    try {
      return switch (binding.type()) {
        case "UE_ADDRESS" -> null;
        case "DPOP" -> new Confirmation.DpopKey(present(binding.jkt(), "/tokenBinding/jkt"));
        case "MTLS" ->
            new Confirmation.ClientCertificate(present(binding.x5tS256(), "/tokenBinding/x5tS256"));
        default -> throw Refusals.optionalMember("/tokenBinding/type", "unknown binding");
      };
    } catch (IllegalArgumentException e) {
      throw Refusals.optionalMember("/tokenBinding", "not a thumbprint");
    }
  }

  private static String present(@Nullable String value, String pointer) {
    if (value == null) {
      throw Refusals.optionalMember(pointer, "is needed for this type");
    }
    return value;
  }
}
