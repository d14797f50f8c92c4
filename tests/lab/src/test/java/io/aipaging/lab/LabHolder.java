package io.aipaging.lab;

import java.util.concurrent.TimeUnit;

/** A process that opens a lab, prints a namespace of it and waits to be killed. */
final class LabHolder {
  private LabHolder() {}

  public static void main(String[] arguments) throws Exception {
    Lab lab = Lab.open();
    Process child = lab.start(lab.upf().command("sleep", "600"));
    System.out.println(lab.upf().name() + " " + child.pid());
    TimeUnit.MINUTES.sleep(5);
  }
}
