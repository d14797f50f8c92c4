package io.aipaging.simulation.gate;

import io.aipaging.simulation.engine.Disk;
import io.aipaging.smfadapter.steering.GateJournal;
import java.util.List;

/** The journal of a gate on a simulated disk. */
final class DiskGateJournal implements GateJournal {
  private final Disk disk;
  private final List<String> recovered;

  DiskGateJournal(Disk disk) {
    this.disk = disk;
    this.recovered = disk.recover();
  }

  @Override
  public List<String> recovered() {
    return recovered;
  }

  @Override
  public void append(List<String> lines) {
    disk.append(lines);
  }

  @Override
  public void note(List<String> lines) {
    disk.write(lines);
  }

  @Override
  public void rewrite(List<String> lines) {
    disk.rewrite(lines);
  }

  @Override
  public int lines() {
    return disk.lines();
  }

  @Override
  public void close() {}
}
