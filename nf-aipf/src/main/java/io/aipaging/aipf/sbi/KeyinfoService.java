package io.aipaging.aipf.sbi;

import io.aipaging.aipf.keys.KeyRegistry;
import io.aipaging.openapi.Call;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;

/** naipf-keyinfo: the public half of the keys of all replicas of the Set. */
public final class KeyinfoService implements NaipfKeyinfo {
  private final KeyRegistry keys;

  /** Publishes {@code keys}. */
  public KeyinfoService(KeyRegistry keys) {
    this.keys = keys;
  }

  @Override
  public JwkSet getKeys(Call call, GetKeys request) {
    return new JwkSet(keys.published());
  }
}
