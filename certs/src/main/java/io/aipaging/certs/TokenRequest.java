package io.aipaging.certs;

import io.aipaging.sbi.wire.MediaTypes;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of a token request (RFC 6749 §4.4.2, TS 29.510 §6.3.5.2.2). */
record TokenRequest(Map<String, String> form) {
  private static final int FORM_BYTES_MAX = 8_192;

  /** A form that says no to the whole request. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    Malformed(String error, String description) {
      super(description);
      this.error = error;
    }

    String error() {
      return error;
    }
  }

  static TokenRequest parse(@Nullable String contentType, String body) throws Malformed {
    if (!MediaTypes.is(contentType, "application/x-www-form-urlencoded")) {
      throw new Malformed("invalid_request", "the body must be form-urlencoded");
    }
    if (body.length() > FORM_BYTES_MAX) {
      throw new Malformed("invalid_request", "the form is too long");
    }
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0
          && form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)))
              != null) {
        throw new Malformed("invalid_request", "a parameter comes twice");
      }
    }
    TokenRequest request = new TokenRequest(form);
    request.requireGrant();
    return request;
  }

  /** The scopes to grant: those asked for, all of the client's when none is. */
  String scope(IssuerConfig.Client client) throws Malformed {
    String asked = form.get("scope");
    if (asked == null) {
      return String.join(" ", client.scopes());
    }
    Set<String> scopes = new LinkedHashSet<>(Arrays.asList(asked.split(" ", -1)));
    if (!client.scopes().containsAll(scopes)) {
      throw new Malformed("invalid_scope", "the client may not have this scope");
    }
    return String.join(" ", scopes);
  }

  /** The audience to grant: the one asked for, the client's when it has but one. */
  String audience(IssuerConfig.Client client) throws Malformed {
    String asked = null;
    for (String name : new String[] {"audience", "targetNfInstanceId", "targetNfType"}) {
      String value = form.get(name);
      if (value != null && asked != null && !asked.equals(value)) {
        throw new Malformed("invalid_request", "more than one audience");
      }
      asked = value == null ? asked : value;
    }
    if (asked == null && client.audiences().size() == 1) {
      return client.audiences().getFirst();
    }
    if (asked == null) {
      throw new Malformed("invalid_request", "audience is missing");
    }
    if (!client.audiences().contains(asked)) {
      throw new Malformed("unauthorized_client", "the client may not have this audience");
    }
    return asked;
  }

  /** A requester may only name itself. */
  void requireOwnName(IssuerConfig.Client client) throws Malformed {
    String named = form.get("nfInstanceId");
    if (named != null && !named.equals(client.id())) {
      throw new Malformed("unauthorized_client", "nfInstanceId is not the client's");
    }
  }

  private void requireGrant() throws Malformed {
    String grant = form.get("grant_type");
    if (grant == null) {
      throw new Malformed("invalid_request", "grant_type is missing");
    }
    if (!grant.equals("client_credentials")) {
      throw new Malformed("unsupported_grant_type", "only client_credentials is supported");
    }
  }

  private static String decoded(String text) throws Malformed {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Malformed("invalid_request", "the form is malformed");
    }
  }
}
