package io.aipaging.simulation.bugs;

import io.aipaging.aexf.admission.FenceJournal;
import io.aipaging.simulation.variant.Variant;
import io.aipaging.smfadapter.steering.GateJournal;
import java.util.ArrayList;
import java.util.List;

/** Bugs of what enforcers remember over a restart. */
final class JournalBugs {
  private JournalBugs() {}

  /** A gate begins every life without its fences. */
  static final class GateForgetsFences extends Variant {
    @Override
    public GateJournal gateJournal(GateJournal real) {
      return new GateJournal() {
        @Override
        public List<String> recovered() {
          return List.of();
        }

        @Override
        public void append(List<String> lines) {
          real.append(lines);
        }

        @Override
        public void note(List<String> lines) {
          real.note(lines);
        }

        @Override
        public void rewrite(List<String> lines) {
          real.rewrite(lines);
        }

        @Override
        public int lines() {
          return real.lines();
        }

        @Override
        public void close() {
          real.close();
        }
      };
    }
  }

  /** An agent answers before its journal has the newest fence, which is written with the next. */
  static final class AgentAnswersBeforeJournal extends Variant {
    @Override
    public FenceJournal fenceJournal(FenceJournal real) {
      List<String> unwritten = new ArrayList<>();
      return new FenceJournal() {
        @Override
        public List<String> recovered() {
          return real.recovered();
        }

        @Override
        public int lines() {
          return real.lines() + unwritten.size();
        }

        @Override
        public void append(String line) {
          List<String> earlier = List.copyOf(unwritten);
          unwritten.clear();
          earlier.forEach(real::append);
          unwritten.add(line);
        }

        @Override
        public void rewrite(List<String> lines) {
          unwritten.clear();
          real.rewrite(lines);
        }
      };
    }
  }
}
