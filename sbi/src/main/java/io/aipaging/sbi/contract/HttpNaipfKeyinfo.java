package io.aipaging.sbi.contract;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.sbi.client.SbiClient;

/** {@code NaipfKeyinfo} of a peer, over HTTP. */
public final class HttpNaipfKeyinfo implements NaipfKeyinfo {
  private final SbiClient client;

  public HttpNaipfKeyinfo(SbiClient client) {
    this.client = client;
  }

  @Override
  public JwkSet getKeys(Call call, GetKeys request) {
    return client.call(GET_KEYS, call, request);
  }
}
