package io.aipaging.cli.run;

import io.aipaging.openapi.Call;
import io.aipaging.openapi.keyinfo.GetKeys;
import io.aipaging.openapi.keyinfo.JwkSet;
import io.aipaging.openapi.keyinfo.NaipfKeyinfo;
import io.aipaging.protocol.SigningKeys;

/** The keys of an AIPF that starts later than those who verify by them. */
final class LateKeys implements NaipfKeyinfo {
  private volatile NaipfKeyinfo aipf;

  /** Until it has started: what it will begin with. */
  LateKeys(SigningKeys first) {
    aipf = (call, request) -> new JwkSet(first.jwks());
  }

  /** From now on it is asked. */
  void comeFrom(NaipfKeyinfo started) {
    aipf = started;
  }

  @Override
  public JwkSet getKeys(Call call, GetKeys request) {
    return aipf.getKeys(call, request);
  }
}
