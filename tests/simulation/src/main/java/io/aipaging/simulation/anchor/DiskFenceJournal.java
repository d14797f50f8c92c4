package io.aipaging.simulation.anchor;

import io.aipaging.aexf.admission.FenceJournal;
import io.aipaging.simulation.engine.Disk;
import java.util.List;

/** The fence journal of an agent on a simulated disk. */
final class DiskFenceJournal implements FenceJournal {
  private final Disk disk;
  private final List<String> recovered;

  DiskFenceJournal(Disk disk) {
    this.disk = disk;
    this.recovered = disk.recover();
  }

  @Override
  public List<String> recovered() {
    return recovered;
  }

  @Override
  public int lines() {
    return disk.lines();
  }

  @Override
  public void append(String line) {
    disk.append(List.of(line));
  }

  @Override
  public void rewrite(List<String> lines) {
    disk.rewrite(lines);
  }
}
