package io.aipaging.aipf.sbi;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.SigningKeys;

/** naipf-keyinfo: the public half of the Set's keys. */
public final class KeyinfoService implements NaipfKeyinfo {
  private final JwkSet published;

  /** Publishes {@code keys}. */
  public KeyinfoService(SigningKeys keys) {
    published = new JwkSet(keys.jwks());
  }

  @Override
  public JwkSet getKeys(Call call, GetKeys request) {
    return published;
  }
}
