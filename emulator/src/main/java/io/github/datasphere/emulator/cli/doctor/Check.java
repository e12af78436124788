package io.github.datasphere.emulator.cli.doctor;

import java.util.List;

/** Looks at one part of the machine; changes nothing and finds something to say in any case. */
public interface Check {
  /** What is looked at, in one word. */
  String subject();

  List<Finding> run();
}
