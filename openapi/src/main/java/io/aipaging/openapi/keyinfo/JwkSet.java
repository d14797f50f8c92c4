package io.aipaging.openapi.keyinfo;

import java.util.List;
import java.util.Map;

/**
 * JSON Web Key Set (RFC 7517), public keys only.
 *
 * @param keys at most 16
 */
public record JwkSet(List<Map<String, Object>> keys) {}
