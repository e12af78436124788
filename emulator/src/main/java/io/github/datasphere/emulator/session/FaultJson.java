package io.github.datasphere.emulator.session;

import io.github.datasphere.emulator.session.Event.FaultStep;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an ordered fault did, as JSON: fields that say nothing are left out. */
final class FaultJson {
  private FaultJson() {}

  static Map<String, Object> of(FaultStep step) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("does", step.does());
    if (!step.time().isZero()) {
      fields.put("time", Seconds.of(step.time()));
    }
    if (step.does().equals("break")) {
      fields.put("offset", SessionJson.Literal.of(step.offset()));
    }
    if (!step.code().isEmpty()) {
      fields.put("code", step.code());
    }
    if (!step.text().isEmpty()) {
      fields.put("text", step.text());
    }
    return fields;
  }

  static FaultStep parse(Line step) {
    return new FaultStep(
        step.text("does"),
        step.has("time") ? step.seconds("time") : Duration.ZERO,
        step.has("offset") ? step.number("offset") : 0,
        step.text("code", ""),
        step.text("text", ""));
  }
}
