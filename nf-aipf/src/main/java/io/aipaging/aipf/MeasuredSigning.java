package io.aipaging.aipf;

import io.aipaging.protocol.TokenSigning;
import io.aipaging.sbi.management.Metrics;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Signs as {@code keys} do and measures how long that takes, by type of token. */
record MeasuredSigning(TokenSigning keys, Metrics metrics) implements TokenSigning {
  @Override
  public Signer forType(String type) {
    Signer signer = keys.forType(type);
    Timer timer = metrics.fineTimer("aipf.signing", "type", type);
    return payload -> {
      long begun = System.nanoTime();
      String signed = signer.sign(payload);
      timer.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      return signed;
    };
  }
}
