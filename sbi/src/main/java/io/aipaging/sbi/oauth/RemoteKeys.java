package io.aipaging.sbi.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.aipaging.sbi.config.ClientConfig;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.HttpTransport;
import io.aipaging.sbi.transport.TransportFailure;
import io.vertx.core.Vertx;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token issuer's JWKS, fetched when first needed, kept, and fetched again when it has aged or a
 * {@code kid} is unknown, but never more often than the refresh limit: a flood of unknown names
 * costs one request per limit. While the issuer is unreachable the keys already known stay valid up
 * to the oldest age, then none is.
 */
public final class RemoteKeys implements KeySource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
  private static final int DOCUMENT_BYTES_MAX = 64 * 1024;
  private static final int KEYS_MAX = 32;
  private static final Duration FETCH_TIME = Duration.ofSeconds(3);
  private static final Duration REFRESH_LIMIT = Duration.ofSeconds(5);

  /** Functions start in any order: until the issuer has answered once, it is asked more often. */
  private static final Duration FIRST_LIMIT = Duration.ofMillis(500);

  private static final Duration FRESH_FOR = Duration.ofMinutes(5);
  private static final Duration VALID_FOR = Duration.ofHours(1);

  private final HttpTransport transport;
  private final String path;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Snapshot snapshot;
  private volatile @Nullable Long attemptedNanos;

  private RemoteKeys(HttpTransport transport, String path) {
    this.transport = transport;
    this.path = path;
  }

  /**
   * Keys served at {@code path} of {@code issuer}.
   *
   * @param path such as {@code /oauth2/jwks}
   * @param shared Vert.x to run on; null makes an own one
   */
  public static RemoteKeys at(ClientConfig issuer, String path, @Nullable Vertx shared) {
    return new RemoteKeys(HttpTransport.open(issuer, DOCUMENT_BYTES_MAX, shared), path);
  }

  @Override
  public @Nullable ECPublicKey key(String kid) {
    Snapshot known = snapshot;
    if (known == null || !known.younger(FRESH_FOR) || !known.keys().containsKey(kid)) {
      refresh(known);
      known = snapshot;
    }
    return known == null || !known.younger(VALID_FOR) ? null : known.keys().get(kid);
  }

  @Override
  public void close() {
    transport.close();
  }

  /** Fetches unless another thread has just done so or the limit forbids it. */
  private void refresh(@Nullable Snapshot seen) {
    fetching.lock();
    try {
      Long last = attemptedNanos;
      Duration limit = snapshot == null ? FIRST_LIMIT : REFRESH_LIMIT;
      boolean limited = last != null && System.nanoTime() - last < limit.toNanos();
      if (!Objects.equals(snapshot, seen) || limited) {
        return;
      }
      attemptedNanos = System.nanoTime();
      Map<String, ECPublicKey> keys = fetch();
      if (keys != null) {
        snapshot = new Snapshot(keys, System.nanoTime());
      }
    } finally {
      fetching.unlock();
    }
  }

  private @Nullable Map<String, ECPublicKey> fetch() {
    try {
      HttpReply reply =
          transport.send(
              new HttpCall("GET", path, Map.of("Accept", "application/json"), null), FETCH_TIME);
      if (reply.status() == 200) {
        return usable(JWKSet.parse(reply.body().utf8()));
      }
      LOG.atWarn().addKeyValue("status", reply.status()).log("key set not fetched");
    } catch (TransportFailure e) {
      LOG.atWarn().addKeyValue("kind", e.kind()).log("key set not fetched");
    } catch (ParseException e) {
      LOG.atWarn().addKeyValue("kind", "MALFORMED").log("key set not fetched");
    }
    return null;
  }

  /** Only P-256 signature keys with a name of their own; a name used twice names none. */
  static Map<String, ECPublicKey> usable(JWKSet set) {
    Map<String, ECPublicKey> keys = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (JWK jwk : set.getKeys()) {
      String kid = jwk.getKeyID();
      if (kid == null) {
        continue;
      }
      if (!names.add(kid)) {
        keys.remove(kid);
      } else if (keys.size() < KEYS_MAX && jwk instanceof ECKey ec && forEs256(ec)) {
        try {
          keys.put(kid, ec.toECPublicKey());
        } catch (JOSEException e) {
          LOG.atWarn().log("key set holds an unusable key");
        }
      }
    }
    return Map.copyOf(keys);
  }

  private static boolean forEs256(ECKey key) {
    return Curve.P_256.equals(key.getCurve())
        && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
        && (key.getAlgorithm() == null || JWSAlgorithm.ES256.equals(key.getAlgorithm()));
  }

  /**
   * Keys as fetched.
   *
   * @param keys by name
   * @param fetchedNanos monotonic
   */
  private record Snapshot(Map<String, ECPublicKey> keys, long fetchedNanos) {
    boolean younger(Duration age) {
      return System.nanoTime() - fetchedNanos < age.toNanos();
    }
  }
}
