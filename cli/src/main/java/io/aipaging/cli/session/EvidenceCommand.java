package io.aipaging.cli.session;

import io.aipaging.cli.EvidenceLine;
import io.aipaging.openapi.paging.EvidenceList;
import io.aipaging.openapi.paging.ListEvidence;
import io.aipaging.openapi.paging.NaipfPaging;
import io.aipaging.protocol.EvidenceChain;
import io.aipaging.protocol.EvidenceChain.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aipaging evidence …}. */
@Command(
    name = "evidence",
    description = "Lists and verifies evidence.",
    mixinStandardHelpOptions = true)
public final class EvidenceCommand {
  private static final int BROKEN = 1;
  private final Output output = new Output();

  @Command(
      name = "list",
      description = "Lists a session's evidence and verifies its chain.",
      mixinStandardHelpOptions = true,
      exitCodeListHeading = "Exit codes:%n",
      exitCodeList = {"0:the chain is whole", "1:the chain is broken"})
  int list(
      @Mixin ConnectionOptions connection,
      @Parameters(paramLabel = "SESSION") String session,
      @Option(names = "--json", description = "Print records as they were hashed, one a line.")
          boolean json)
      throws IOException {
    return connection.run(
        aipf -> {
          List<String> records = all(aipf, connection, session);
          records.forEach(record -> System.out.println(json ? record : EvidenceLine.of(record)));
          Verdict verdict = EvidenceChain.verify(records);
          if (verdict instanceof Verdict.Broken(long seq, String fault)) {
            System.err.println("aipaging: chain broken at record " + seq + ": " + fault);
            return BROKEN;
          }
          if (!json) {
            output.line("verified", records.size() + " records, nothing missing or changed");
          }
          return 0;
        });
  }

  private static List<String> all(NaipfPaging aipf, ConnectionOptions connection, String session) {
    List<String> records = new ArrayList<>();
    Long from = null;
    do {
      EvidenceList page = aipf.listEvidence(connection.call(), new ListEvidence(session, from));
      records.addAll(page.records());
      from = page.nextSeq();
    } while (from != null);
    return records;
  }
}
