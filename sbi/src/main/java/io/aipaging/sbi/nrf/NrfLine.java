package io.aipaging.sbi.nrf;

import io.aipaging.sbi.core.CoreProfile;
import io.aipaging.sbi.transport.HttpCall;
import io.aipaging.sbi.transport.HttpReply;
import io.aipaging.sbi.transport.HttpTransport;
import io.aipaging.sbi.transport.TransportFailure;
import io.aipaging.sbi.transport.TransportFailure.Kind;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The instances of an NRF as one: whichever answered last is asked first, and the next when it does
 * not answer or is overloaded. Everything asked of an NRF may be repeated, so a connection that
 * breaks, as one that idled too long does, is tried once more before its NRF is left.
 */
final class NrfLine implements AutoCloseable {
  private static final int ANSWER_BYTES_MAX = 256 * 1024;
  private static final int OVERLOADED = 503;

  private final List<HttpTransport> nrfs;
  private final Duration answerWithin;
  private volatile int preferred;

  NrfLine(NrfConfig config, CoreProfile profile, Vertx vertx) {
    this.nrfs =
        config.uris().stream()
            .map((URI uri) -> config.client(uri, profile.http2()))
            .map(client -> HttpTransport.open(client, ANSWER_BYTES_MAX, vertx))
            .toList();
    this.answerWithin = config.answerWithin();
  }

  /** The first usable answer, or the last NRF's. */
  HttpReply send(HttpCall call) throws TransportFailure {
    int first = preferred;
    for (int tried = 0; ; tried++) {
      int at = (first + tried) % nrfs.size();
      boolean last = tried == nrfs.size() - 1;
      try {
        HttpReply reply = sendTo(nrfs.get(at), call);
        if (reply.status() != OVERLOADED || last) {
          preferred = at;
          return reply;
        }
      } catch (TransportFailure e) {
        if (last) {
          throw e;
        }
      }
    }
  }

  private HttpReply sendTo(HttpTransport nrf, HttpCall call) throws TransportFailure {
    try {
      return nrf.send(call, answerWithin);
    } catch (TransportFailure e) {
      if (e.kind() == Kind.BROKEN || e.kind() == Kind.NOT_PROCESSED) {
        return nrf.send(call, answerWithin);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    nrfs.forEach(HttpTransport::close);
  }
}
