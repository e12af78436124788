package io.github.datasphere.emulator.store.h2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The numbered versions of the tables. The script of each number makes its version from the one
 * before.
 */
final class SchemaMigrations {
  /** The version that this program works with. */
  static final int LATEST = 2;

  private SchemaMigrations() {}

  /** Returns the version of a database; empty if it has none. */
  static Optional<Integer> of(Handle handle) {
    var exists = handle
        .createQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'LAYOUT'")
        .mapTo(Integer.class)
        .one();
    return exists == 0
        ? Optional.empty()
        : handle.createQuery("SELECT version FROM layout").mapTo(Integer.class).findOne();
  }

  /** Runs the scripts after version {@code from}. It may be run again if a crash interrupts it. */
  static void migrate(Handle handle, int from) {
    for (int version = from + 1; version <= LATEST; version++) {
      for (var statement : script(version).split(";\\s*(\n|$)")) {
        handle.execute(statement);
      }
      handle.execute(
          "CREATE TABLE IF NOT EXISTS layout (one INTEGER PRIMARY KEY, version INTEGER)");
      handle.execute("MERGE INTO layout KEY (one) VALUES (1, ?)", version);
    }
  }

  private static String script(int version) {
    try (var script = SchemaMigrations.class.getResourceAsStream("layout-" + version + ".sql")) {
      if (script == null) {
        throw new AssertionError("layout-" + version + ".sql is not in the jar");
      }
      return new String(script.readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
