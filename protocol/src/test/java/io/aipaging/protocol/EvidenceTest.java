package io.aipaging.protocol;

import static io.aipaging.protocol.Samples.AISI;
import static io.aipaging.protocol.Samples.LEASE;
import static io.aipaging.protocol.Samples.NOW;
import static io.aipaging.protocol.Samples.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aipaging.protocol.EvidenceChain.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lease-protocol §7. */
class EvidenceTest {
  private static final String GOLDEN =
      "{\"aisi\":\"urn:aisi:example.net:chat-llm:premium:1.2\",\"anchor\":\"anchor-a\","
          + "\"commit_sha256\":\""
          + "cd".repeat(32)
          + "\",\"from\":\"PREPARING\",\"gen\":7,\"lid\":\"lease-0001\",\"prev_sha256\":\""
          + "0".repeat(64)
          + "\",\"reason\":\"RELOCATED\",\"seq\":1,\"sid\":\"session-0001\","
          + "\"subject\":\"pseudonym-0001\",\"t_ms\":1790000000123,\"to\":\"ACTIVE\","
          + "\"trigger\":\"OPERATOR\",\"type\":\"SESSION_ACTIVE\",\"v\":1}";

  private static EvidenceRecord full(long seq, String previous) {
    return new EvidenceRecord(
        NOW.plusNanos(123_999_999),
        "SESSION_ACTIVE",
        SESSION,
        LEASE,
        7L,
        AISI,
        "anchor-a",
        "PREPARING",
        "ACTIVE",
        "RELOCATED",
        "OPERATOR",
        "pseudonym-0001",
        "cd".repeat(32),
        seq,
        previous);
  }

  private static EvidenceRecord least(SessionId session, long seq, String previous) {
    return new EvidenceRecord(
        NOW,
        "SESSION_PREPARING",
        session,
        null,
        null,
        null,
        null,
        null,
        "PREPARING",
        null,
        null,
        "pseudonym-0001",
        null,
        seq,
        previous);
  }

  private static List<String> chain(int length) {
    List<String> records = new ArrayList<>();
    String previous = EvidenceRecord.GENESIS;
    for (int seq = 1; seq <= length; seq++) {
      String record =
          (seq % 2 == 0 ? full(seq, previous) : least(SESSION, seq, previous)).canonical();
      records.add(record);
      previous = Crypto.sha256Hex(record);
    }
    return records;
  }

  private static long brokenAt(List<String> records) {
    Verdict verdict = EvidenceChain.verify(records);
    assertThat(verdict).isInstanceOf(Verdict.Broken.class);
    return ((Verdict.Broken) verdict).seq();
  }

  @Test // L7.1
  void theCanonicalFormIsThatOfRfc8785() throws Exception {
    assertThat(full(1, EvidenceRecord.GENESIS).canonical()).isEqualTo(GOLDEN);
    String least = least(SESSION, (1L << 53) - 1, "ab".repeat(32)).canonical();
    for (String canonical : List.of(GOLDEN, least)) {
      assertThat(new JsonCanonicalizer(canonical).getEncodedString()).isEqualTo(canonical);
    }
  }

  /** The form is written without escapes, so nothing may get in that needs one. */
  @ParameterizedTest
  @ValueSource(strings = {"\"", "\\", "\n", "\u007f", "\u2028", "\u00e9"})
  void noValueOfARecordNeedsAnEscape(String odd) {
    EvidenceRecord r = full(1, EvidenceRecord.GENESIS);
    for (int member = 0; member < 8; member++) {
      String[] texts = {
        r.type(), r.anchor(), r.from(), r.to(), r.reason(), r.trigger(), r.subject(), r.prevSha256()
      };
      texts[member] = texts[member] + odd;
      assertThatThrownBy(() -> with(r, texts)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new SessionId("session-0001" + odd))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LeaseId("lease-0001" + odd))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Aisi("example.net", "chat" + odd, "premium", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static EvidenceRecord with(EvidenceRecord r, String[] texts) {
    return new EvidenceRecord(
        r.time(),
        texts[0],
        r.session(),
        r.lease(),
        r.gen(),
        r.aisi(),
        texts[1],
        texts[2],
        texts[3],
        texts[4],
        texts[5],
        texts[6],
        r.commitSha256(),
        r.seq(),
        texts[7]);
  }

  @Test // L7.1
  void recordsAreReadBackUnchanged() {
    for (EvidenceRecord evidence :
        List.of(full(1, EvidenceRecord.GENESIS), least(SESSION, 2, "ab".repeat(32)))) {
      assertThat(EvidenceRecord.parse(evidence.canonical())).isEqualTo(evidence);
    }
  }

  @Test // L7.2
  void absentMembersAreNotWritten() {
    assertThat(least(SESSION, 1, EvidenceRecord.GENESIS).canonical())
        .doesNotContain("null")
        .doesNotContain("lid")
        .doesNotContain("gen");
  }

  @Test // L7.1
  void aRecordOfMoreThanOneKibibyteIsRefused() {
    EvidenceRecord r = full(1, EvidenceRecord.GENESIS);
    Aisi longest = new Aisi("r".repeat(253), "s".repeat(64), "t".repeat(64), "v".repeat(32));
    EvidenceRecord large =
        new EvidenceRecord(
            NOW,
            "T".repeat(64),
            new SessionId("s".repeat(64)),
            new LeaseId("l".repeat(64)),
            1L,
            longest,
            "a".repeat(128),
            r.from(),
            r.to(),
            r.reason(),
            r.trigger(),
            r.subject(),
            r.commitSha256(),
            1,
            r.prevSha256());
    assertThatThrownBy(large::canonical).isInstanceOf(IllegalStateException.class);
    assertThat(GOLDEN.getBytes(StandardCharsets.UTF_8).length).isLessThan(EvidenceRecord.BYTES_MAX);
    assertThatThrownBy(() -> EvidenceRecord.parse(GOLDEN + " ".repeat(1_024)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersStayExactInEveryJsonReader() {
    assertThatThrownBy(() -> full((1L << 53), EvidenceRecord.GENESIS))
        .isInstanceOf(IllegalArgumentException.class);
    String record = full((1L << 53) - 1, EvidenceRecord.GENESIS).canonical();
    assertThat(record).contains("\"seq\":9007199254740991");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v\":1}|\"v\":2}",
        "\"v\":1}|\"v\":1.0}",
        "\"v\":1}|\"v\":1,\"x\":1}",
        "{|{ ",
        "\"seq\":1|\"seq\":0",
        "\"seq\":1|\"seq\":1e0",
        "ACTIVE\"|active\"",
        "pseudonym-0001|imsi-001010000000001",
        "lease-0001|10.45.0.2",
        "\"v\":1}|\"v\":1}\n",
        "\"to\":\"ACTIVE\",|",
        "\"gen\":7|\"gen\":null",
        "\"v\":1}|\"v\":1,\"v\":1}",
        "anchor-a|anchor\\u002da"
      })
  void onlyTheCanonicalFormOfAValidRecordIsRead(String change) {
    int bar = change.indexOf('|');
    String spoiled = GOLDEN.replace(change.substring(0, bar), change.substring(bar + 1));
    assertThat(spoiled).isNotEqualTo(GOLDEN);
    assertThatThrownBy(() -> EvidenceRecord.parse(spoiled))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anUntouchedChainVerifies() {
    List<String> records = chain(6);
    assertThat(EvidenceChain.verify(records))
        .isEqualTo(new Verdict.Verified(6, Crypto.sha256Hex(records.getLast())));
    assertThat(EvidenceChain.verify(List.of()))
        .isEqualTo(new Verdict.Verified(0, EvidenceRecord.GENESIS));
  }

  @Test // L7.4
  void everyChangedByteIsNoticed() {
    List<String> records = chain(3);
    Verdict good = EvidenceChain.verify(records);
    for (int i = 0; i < records.size(); i++) {
      String record = records.get(i);
      for (int at = 0; at < record.length(); at++) {
        for (char with :
            new char[] {(char) (record.charAt(at) ^ 1), (char) (record.charAt(at) ^ 2)}) {
          List<String> tampered = new ArrayList<>(records);
          tampered.set(i, record.substring(0, at) + with + record.substring(at + 1));
          Verdict verdict = EvidenceChain.verify(tampered);
          assertThat(verdict).as("record %d, byte %d", i, at).isNotEqualTo(good);
          if (i < records.size() - 1) {
            assertThat(verdict).as("record %d, byte %d", i, at).isInstanceOf(Verdict.Broken.class);
          }
        }
      }
    }
  }

  @Test // L7.4
  void missingRecordsAreNoticed() {
    List<String> records = chain(4);
    assertThat(brokenAt(records.subList(1, 4))).isEqualTo(1);
    assertThat(brokenAt(List.of(records.get(0), records.get(2), records.get(3)))).isEqualTo(2);
  }

  @Test // L7.4
  void aTruncatedChainHasAnotherHead() {
    List<String> records = chain(4);
    assertThat(EvidenceChain.verify(records.subList(0, 3)))
        .isEqualTo(new Verdict.Verified(3, Crypto.sha256Hex(records.get(2))));
  }

  @Test // L7.4
  void reorderedAndRepeatedRecordsAreNoticed() {
    List<String> records = new ArrayList<>(chain(4));
    Collections.swap(records, 1, 2);
    assertThat(brokenAt(records)).isEqualTo(2);
    List<String> repeated = new ArrayList<>(chain(2));
    repeated.add(repeated.getLast());
    assertThat(brokenAt(repeated)).isEqualTo(3);
  }

  @Test
  void aRecordOfAnotherSessionIsNoticed() {
    List<String> records = new ArrayList<>(chain(2));
    String head = Crypto.sha256Hex(records.getLast());
    records.add(least(new SessionId("session-0002"), 3, head).canonical());
    assertThat(brokenAt(records)).isEqualTo(3);
  }

  @Test
  void aForgedSuccessorIsNoticed() {
    List<String> records = new ArrayList<>(chain(2));
    records.add(least(SESSION, 3, Crypto.sha256Hex(records.getFirst())).canonical());
    assertThat(brokenAt(records)).isEqualTo(3);
  }
}
