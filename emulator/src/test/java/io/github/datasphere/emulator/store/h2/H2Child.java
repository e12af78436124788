package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.ChildJvm;
import io.leangen.geantyref.GenericTypeReflector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.h2.Driver;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A JVM that works with a store of its own. */
final class H2Child {
  private H2Child() {}

  static Process start(Class<?> main, Path directory) throws IOException {
    return ChildJvm.start(
        main,
        List.of(directory.toString()),
        H2JobStore.class,
        Objects.requireNonNull(H2JobStore.class.getResource("layout-1.sql")),
        Driver.class,
        Jdbi.class,
        GenericTypeReflector.class,
        Nullable.class,
        Logger.class);
  }
}
