package io.aipaging.openapi.keyinfo;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.Contract;
import io.aipaging.openapi.Operation;
import java.util.List;

/** Publishes the public keys COMMITs and AISTs of an AIPF Set are signed with. */
public interface NaipfKeyinfo {
  /** Service name and OAuth2 scope. */
  String API = "naipf-keyinfo";

  /** Reads the key set. */
  Operation<GetKeys, JwkSet> GET_KEYS =
      Operation.get(API, "GetKeys", "/jwks", GetKeys.class, JwkSet.class);

  /** The contract. */
  Contract CONTRACT = new Contract(API, List.of(GET_KEYS));

  /** The key set. */
  JwkSet getKeys(Call call, GetKeys request);
}
