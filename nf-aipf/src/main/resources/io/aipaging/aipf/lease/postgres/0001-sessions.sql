-- Sessions, their evidence, the replicas that look after them and the keys they sign with.

CREATE TABLE aipf_set (
  id text NOT NULL
);

-- A page holds few rows on purpose: a renewal then finds room for the next version beside the last
-- one, and touches no index.
CREATE TABLE session (
  id          text COLLATE "C" PRIMARY KEY,
  shard       smallint NOT NULL,
  version     bigint   NOT NULL,
  state       text COLLATE "C" NOT NULL,
  ue          text COLLATE "C" NOT NULL,
  service     text COLLATE "C" NOT NULL,
  anchor_1    text COLLATE "C",
  anchor_2    text COLLATE "C",
  af          text COLLATE "C",
  aisi        text COLLATE "C" NOT NULL,
  consumer    text COLLATE "C" NOT NULL,
  key         text COLLATE "C",
  expires_ms  bigint NOT NULL,
  ended_ms    bigint,
  begun_by    text COLLATE "C" NOT NULL,
  begun_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  head        bytea NOT NULL,
  head_before bytea NOT NULL,
  body        bytea NOT NULL
) WITH (fillfactor = 60, toast_tuple_target = 8160);

CREATE UNIQUE INDEX session_flow ON session (ue, service) WHERE ended_ms IS NULL;
CREATE UNIQUE INDEX session_key ON session (consumer, key) WHERE key IS NOT NULL;
CREATE INDEX session_ue ON session (ue, id);
CREATE INDEX session_af ON session (af, id);
CREATE INDEX session_aisi ON session (aisi, id);
CREATE INDEX session_state ON session (state, id);
CREATE INDEX session_anchor_1 ON session (anchor_1, id) WHERE anchor_1 IS NOT NULL;
CREATE INDEX session_anchor_2 ON session (anchor_2, id) WHERE anchor_2 IS NOT NULL;
CREATE INDEX session_expires ON session (expires_ms);
CREATE INDEX session_ended ON session (ended_ms) WHERE ended_ms IS NOT NULL;
CREATE INDEX session_shard ON session (shard, id) WHERE ended_ms IS NULL;
CREATE INDEX session_begun ON session (begun_at);

CREATE TABLE evidence (
  session text COLLATE "C" NOT NULL,
  seq     bigint NOT NULL,
  mark    bigint NOT NULL,
  record  text   NOT NULL,
  PRIMARY KEY (session, seq)
);

-- Sessions that are forgotten: their evidence goes after the retention period.
CREATE TABLE evidence_closed (
  session   text COLLATE "C" PRIMARY KEY,
  closed_ms bigint NOT NULL
);
CREATE INDEX evidence_closed_at ON evidence_closed (closed_ms);

-- One call writes many transitions, each of them whole or not at all, and says of each what became
-- of it: A appended, S stale, K the key is another session's, F the flow is, R try again. A record
-- of evidence comes in two parts; the hash of the record before it belongs between them. A mark
-- tells a repeated call what it did the first time.
CREATE FUNCTION append(
  ids text[], shards smallint[], versions bigint[], states text[],
  ues text[], services text[], anchors_1 text[], anchors_2 text[],
  afs text[], aisis text[], consumers text[], keys text[],
  expire bigint[], ended bigint[], bodies bytea[],
  befores text[], afters text[], marks bigint[], begun_by text
) RETURNS TABLE (outcome text, previous text, current bytea)
LANGUAGE plpgsql AS $$
DECLARE
  t record;
  last bytea;
BEGIN
  FOR t IN
    SELECT * FROM unnest(ids, shards, versions, states, ues, services, anchors_1, anchors_2,
                         afs, aisis, consumers, keys, expire, ended, bodies,
                         befores, afters, marks)
      AS u (id, shard, version, state, ue, service, anchor_1, anchor_2,
            af, aisi, consumer, key, expires_ms, ended_ms, body,
            before, after, mark)
  LOOP
    current := NULL;
    IF t.version > 1 THEN
      UPDATE session s
         SET version = t.version, state = t.state, anchor_1 = t.anchor_1, anchor_2 = t.anchor_2,
             expires_ms = t.expires_ms, ended_ms = t.ended_ms, body = t.body,
             head_before = s.head,
             head = sha256(convert_to(t.before || encode(s.head, 'hex') || t.after, 'UTF8'))
       WHERE s.id = t.id AND s.version = t.version - 1
      RETURNING s.head_before INTO last;
    ELSE
      last := decode(repeat('00', 32), 'hex');
      INSERT INTO session
      VALUES (t.id, t.shard, 1, t.state, t.ue, t.service, t.anchor_1, t.anchor_2,
              t.af, t.aisi, t.consumer, t.key, t.expires_ms, t.ended_ms, begun_by, DEFAULT,
              sha256(convert_to(t.before || encode(last, 'hex') || t.after, 'UTF8')), last,
              t.body)
      ON CONFLICT DO NOTHING;
    END IF;
    IF FOUND THEN
      outcome := 'A';
      previous := encode(last, 'hex');
      INSERT INTO evidence VALUES (t.id, t.version, t.mark, t.before || previous || t.after);
    ELSE
      SELECT o.outcome, o.previous, o.current INTO outcome, previous, current
        FROM obstacle(t.id, t.version, t.mark, t.consumer, t.key, t.ue, t.service) o;
    END IF;
    RETURN NEXT;
  END LOOP;
END $$;

-- Why a transition was not appended, the reason that counts most first.
CREATE FUNCTION obstacle(
  of_id text, of_version bigint, of_mark bigint,
  of_consumer text, of_key text, of_ue text, of_service text
) RETURNS TABLE (outcome text, previous text, current bytea)
LANGUAGE plpgsql AS $$
BEGIN
  SELECT substring(e.record from '"prev_sha256":"([0-9a-f]{64})"') INTO previous
    FROM evidence e WHERE e.session = of_id AND e.seq = of_version AND e.mark = of_mark;
  IF FOUND THEN
    outcome := 'A';
    RETURN NEXT;
    RETURN;
  END IF;
  outcome := 'S';
  SELECT s.body INTO current FROM session s WHERE s.id = of_id;
  IF FOUND OR of_version > 1 THEN
    RETURN NEXT;
    RETURN;
  END IF;
  outcome := 'K';
  SELECT s.body INTO current FROM session s WHERE s.consumer = of_consumer AND s.key = of_key;
  IF NOT FOUND THEN
    outcome := 'F';
    SELECT s.body INTO current
      FROM session s WHERE s.ue = of_ue AND s.service = of_service AND s.ended_ms IS NULL;
    IF NOT FOUND THEN
      outcome := 'R';
    END IF;
  END IF;
  RETURN NEXT;
END $$;

CREATE TABLE replica (
  runner        text COLLATE "C" PRIMARY KEY,
  name          text NOT NULL,
  backend       integer NOT NULL,
  backend_start timestamptz NOT NULL,
  steady_since  timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL
);

-- One beat of a replica's heart: it says who else is there, gives shards back, and takes free ones
-- up to a fair share. Shards are advisory locks of the calling session, so they are free as soon as
-- its connection is gone. Who has been silent for too long is cut off; but only a replica that has
-- itself been heard all the time may judge, for perhaps the database was what stood still.
--   present  replicas that are connected
--   alive    runs that are at work; null while this one cannot judge
--   gained   shards taken now
CREATE FUNCTION beat(
  me text, my_name text, held integer[], given_up integer[],
  lock_class integer, shards integer, dead_after interval
) RETURNS TABLE (present integer, alive text[], gained integer[])
LANGUAGE plpgsql AS $$
DECLARE
  at timestamptz := clock_timestamp();
  steady timestamptz;
  wanted integer;
  candidate integer;
BEGIN
  INSERT INTO replica AS r
  SELECT me, my_name, a.pid, a.backend_start, at, at
    FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()
  ON CONFLICT (runner) DO UPDATE
     SET backend = excluded.backend, backend_start = excluded.backend_start, seen_at = at,
         steady_since = CASE WHEN r.seen_at < at - dead_after * 0.67 THEN at
                             ELSE r.steady_since END
  RETURNING r.steady_since INTO steady;

  PERFORM pg_advisory_unlock(lock_class, s) FROM unnest(given_up) s;

  IF steady <= at - dead_after THEN
    PERFORM cut_off(a.pid)
       FROM replica r JOIN pg_stat_activity a
         ON a.pid = r.backend AND a.backend_start = r.backend_start
      WHERE r.seen_at < at - dead_after;
    DELETE FROM replica WHERE runner IN (
      SELECT r.runner FROM replica r WHERE r.seen_at < at - interval '1 day'
         FOR UPDATE SKIP LOCKED);
    SELECT array_agg(r.runner) INTO alive
      FROM replica r LEFT JOIN pg_stat_activity a
        ON a.pid = r.backend AND a.backend_start = r.backend_start
     WHERE r.seen_at >= at - CASE WHEN a.pid IS NULL THEN dead_after / 2 ELSE dead_after END;
  END IF;

  SELECT count(*) INTO present
    FROM replica r JOIN pg_stat_activity a
      ON a.pid = r.backend AND a.backend_start = r.backend_start
   WHERE r.seen_at >= at - dead_after OR alive IS NULL;
  wanted := ceil(shards / present::numeric) - (cardinality(held) - cardinality(given_up));
  gained := '{}';
  FOR candidate IN
    SELECT s FROM generate_series(0, shards - 1) s
     WHERE s <> ALL (held) ORDER BY (s + abs(hashtext(me)::bigint)) % shards
  LOOP
    EXIT WHEN cardinality(gained) >= wanted;
    IF pg_try_advisory_lock(lock_class, candidate) THEN
      gained := gained || candidate;
    END IF;
  END LOOP;
  RETURN NEXT;
END $$;

CREATE FUNCTION cut_off(backend integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_terminate_backend(backend);
EXCEPTION WHEN insufficient_privilege THEN
  NULL; -- a replica with a role of its own goes by itself, only later
END $$;

CREATE TABLE signing_key (
  kid        text COLLATE "C" PRIMARY KEY,
  jwk        text NOT NULL,
  expires_at timestamptz NOT NULL
);

-- Registers keys or keeps them from expiring, unless there would be too many; returns how many
-- there are, or would be.
CREATE FUNCTION register_keys(kids text[], jwks text[], keep_ms bigint, keys_max integer)
RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
  at timestamptz := clock_timestamp();
  there integer;
BEGIN
  LOCK TABLE signing_key IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM signing_key WHERE expires_at <= at;
  SELECT count(*) INTO there
    FROM (SELECT kid FROM signing_key UNION SELECT unnest(kids)) both_of_them;
  IF there <= keys_max THEN
    INSERT INTO signing_key
    SELECT u.kid, u.jwk, at + make_interval(secs => keep_ms / 1000.0)
      FROM unnest(kids, jwks) AS u (kid, jwk)
    ON CONFLICT (kid) DO UPDATE
       SET expires_at = greatest(signing_key.expires_at, excluded.expires_at);
  END IF;
  RETURN there;
END $$;
