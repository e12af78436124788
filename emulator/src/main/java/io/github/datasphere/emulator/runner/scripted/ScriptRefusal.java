package io.github.datasphere.emulator.runner.scripted;

import static java.util.stream.Collectors.joining;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Why a stub did not match a job.
 *
 * @param stub says what the stub is now
 * @param hasScripts whether it has a script by now
 * @param looks what its condition read of the job, with the values; empty if it read nothing
 */
record ScriptRefusal(Supplier<String> stub, BooleanSupplier hasScripts, Map<String, Object> looks) {

  @Override
  public String toString() {
    if (!hasScripts.getAsBoolean()) {
      return "the " + stub.get() + " has no script: add thenRun(...)";
    }
    return "the " + stub.get() + " said no"
        + (looks.isEmpty()
            ? ""
            : looks.entrySet().stream()
                .map(look -> look.getKey() + " '" + look.getValue() + "'")
                .collect(joining(" and ", " when it saw ", "")));
  }
}
