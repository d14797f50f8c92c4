package io.aipaging.aipf.lease.codec;

import static io.aipaging.aipf.lease.codec.JsonIn.required;

import io.aipaging.aipf.lease.QosStanding;
import io.aipaging.aipf.lease.Residence;
import io.aipaging.aipf.lease.Session;
import io.aipaging.aipf.lease.SessionFacts;
import io.aipaging.aipf.lease.SessionState;
import io.aipaging.aipf.lease.SignedToken;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SessionWriter} writes. */
final class SessionReader {
  private int format;
  private long version;
  private long gen;
  private @Nullable Instant expiresAt;
  private @Nullable SessionFacts facts;
  private @Nullable QosStanding qos;
  private @Nullable Residence residence;
  private @Nullable SignedToken token;
  private @Nullable SessionState state;

  private SessionReader() {}

  static Session read(JsonIn in) throws IOException {
    SessionReader session = new SessionReader();
    in.document(session::member);
    if (session.format == 0) {
      throw new SessionUnreadable("a session lacks its format");
    }
    return session.build();
  }

  private void member(String name, JsonIn in) throws IOException {
    switch (name) {
      case "v" -> format = known(in.integer());
      case "version" -> version = in.number();
      case "gen" -> gen = in.number();
      case "expiresAt" -> expiresAt = in.instant();
      case "facts" -> facts = FactsReader.read(in);
      case "qos" -> qos = qos(in);
      case "residence" -> residence = residence(in);
      case "token" -> token = new SignedToken(in.text());
      case "state" -> state = StateReader.read(in);
      default -> in.skip();
    }
  }

  /** Written first, so that a newer form is refused before anything of it is read. */
  private static int known(int format) {
    if (format < 1 || format > SessionCodec.FORMAT) {
      throw new SessionUnreadable(
          "a session is of format " + format + "; this program knows " + SessionCodec.FORMAT);
    }
    return format;
  }

  private Session build() {
    if (version < 1 || gen < 0) {
      throw new SessionUnreadable("a session's version or gen is out of range");
    }
    return new Session(
        required(facts, "facts"),
        version,
        gen,
        required(expiresAt, "expiresAt"),
        required(qos, "qos"),
        required(residence, "residence"),
        token,
        required(state, "state"));
  }

  private static QosStanding qos(JsonIn in) throws IOException {
    Qos qos = new Qos();
    in.object(qos::member);
    return new QosStanding(required(qos.status, "qos.status"), qos.cause);
  }

  private static Residence residence(JsonIn in) throws IOException {
    Stay stay = new Stay();
    in.object(stay::member);
    return new Residence(required(stay.since, "residence.since"), stay.left, stay.undoneAt);
  }

  private static final class Stay {
    private @Nullable Instant since;
    private @Nullable String left;
    private @Nullable Instant undoneAt;

    void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "since" -> since = in.instant();
        case "left" -> left = in.text();
        case "undoneAt" -> undoneAt = in.instant();
        default -> in.skip();
      }
    }
  }

  private static final class Qos {
    private QosStanding.@Nullable Status status;
    private @Nullable String cause;

    void member(String name, JsonIn in) throws IOException {
      switch (name) {
        case "status" -> status = in.word(QosStanding.Status.class);
        case "cause" -> cause = in.text();
        default -> in.skip();
      }
    }
  }
}
