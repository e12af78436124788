package io.github.datasphere.emulator.runner.scripted;

import static java.util.stream.Collectors.joining;

import java.util.Map;

/**
 * Why a stub did not match a job.
 *
 * @param looks what its condition read of the job, with the values; empty if it read nothing
 */
record ScriptRefusal(ScriptBook.Stub stub, Map<String, Object> looks) {

  @Override
  public String toString() {
    if (!stub.hasScripts()) {
      return "the " + stub + " has no script: add thenRun(...)";
    }
    return "the " + stub + " said no"
        + (looks.isEmpty()
            ? ""
            : looks.entrySet().stream()
                .map(look -> look.getKey() + " '" + look.getValue() + "'")
                .collect(joining(" and ", " when it saw ", "")));
  }
}
