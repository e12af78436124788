package io.github.datasphere.emulator.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Base64;

/**
 * What the engine says about a path in a container.
 *
 * @param realPath fully resolved target of a link; else empty
 * @param modified time of the last change in the engine's format; only to be compared
 */
public record PathStat(Kind kind, long size, String realPath, String modified) {
  /** Kinds of files. */
  public enum Kind {
    FILE,
    DIRECTORY,
    LINK,
    /** A device, pipe, socket or any other kind. */
    SPECIAL
  }

  // Numbers of Go (io/fs.FileMode)
  private static final long DIRECTORY = 1L << 31;
  private static final long LINK = 1L << 27;
  private static final long SPECIAL = 1L << 26 | 1L << 25 | 1L << 24 | 1L << 21 | 1L << 19;

  static PathStat parse(String header) throws IOException {
    var fields = new ObjectMapper().readTree(Base64.getDecoder().decode(header));
    return new PathStat(
        kind(fields.path("mode").asLong()),
        fields.path("size").asLong(),
        fields.path("linkTarget").asText(""),
        fields.path("mtime").asText(""));
  }

  private static Kind kind(long mode) {
    if ((mode & LINK) != 0) {
      return Kind.LINK;
    }
    if ((mode & DIRECTORY) != 0) {
      return Kind.DIRECTORY;
    }
    return (mode & SPECIAL) != 0 ? Kind.SPECIAL : Kind.FILE;
  }
}
