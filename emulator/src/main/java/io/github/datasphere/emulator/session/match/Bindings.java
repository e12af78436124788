package io.github.datasphere.emulator.session.match;

import java.util.HashMap;
import java.util.Map;

/** Which id of now stands for which of the recording: one to one. Not for several threads. */
public final class Bindings {
  private static final int SHORTEST_IN_TEXT = 8;

  private final Map<String, String> live = new HashMap<>();
  private final Map<String, String> recorded = new HashMap<>();

  public Bindings() {}

  /** Returns a copy, so that an attempt can be given up. */
  public Bindings copy() {
    var copy = new Bindings();
    copy.live.putAll(live);
    copy.recorded.putAll(recorded);
    return copy;
  }

  /** Takes over what a successful attempt has bound. */
  public void adopt(Bindings attempt) {
    live.putAll(attempt.live);
    recorded.putAll(attempt.recorded);
  }

  /** Whether both may stand for each other; from now on they do. */
  public boolean bind(String recordedId, String liveId) {
    var known = live.get(recordedId);
    var back = recorded.get(liveId);
    if (known == null && back == null) {
      live.put(recordedId, liveId);
      recorded.put(liveId, recordedId);
      return true;
    }
    return liveId.equals(known) && recordedId.equals(back);
  }

  /** Whether something stands for this id of the recording. */
  public boolean isBound(String recordedId) {
    return live.containsKey(recordedId);
  }

  /** Returns a text of the recording with the ids of now. */
  public String toLive(String text) {
    return replaced(text, live);
  }

  /** Returns a text of now with the ids of the recording. */
  public String toRecorded(String text) {
    return replaced(text, recorded);
  }

  private static String replaced(String text, Map<String, String> by) {
    var whole = by.get(text);
    if (whole != null) {
      return whole;
    }
    if (text.length() < SHORTEST_IN_TEXT) {
      return text;
    }
    var result = text;
    for (var pair : by.entrySet()) {
      if (pair.getKey().length() >= SHORTEST_IN_TEXT && result.contains(pair.getKey())) {
        result = result.replace(pair.getKey(), pair.getValue());
      }
    }
    return result;
  }
}
