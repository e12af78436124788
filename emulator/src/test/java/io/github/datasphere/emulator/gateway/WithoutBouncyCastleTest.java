package io.github.datasphere.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.gateway.tls.CertificateAuthority;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warm start is fast because it makes nothing; loading Bouncy Castle would undo that. */
class WithoutBouncyCastleTest {
  @TempDir
  Path folder;

  @Test
  void storedCertificatesAreReadWithoutIt() throws Exception {
    CertificateAuthority.open(folder, Clock.systemUTC()).kept(Set.of("localhost"));
    assertThat(openAndReadIn(new Sealed())).contains("serial");
  }

  @Test
  void theTestWouldNoticeIt() {
    assertThatThrownBy(() -> openAndReadIn(new Sealed()))
        .isInstanceOf(InvocationTargetException.class)
        .hasRootCauseInstanceOf(ClassNotFoundException.class)
        .rootCause()
        .hasMessageContaining("bouncycastle");
  }

  private String openAndReadIn(ClassLoader loader) throws Exception {
    var type = loader.loadClass(CertificateAuthority.class.getName());
    var authority =
        type.getMethod("open", Path.class, Clock.class).invoke(null, folder, Clock.systemUTC());
    var kept = type.getMethod("kept", Collection.class);
    return kept.invoke(authority, List.of("localhost")).toString();
  }

  /** Loads the gateway again, and knows no Bouncy Castle. */
  private static final class Sealed extends ClassLoader {
    Sealed() {
      super(WithoutBouncyCastleTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.bouncycastle")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(WithoutBouncyCastleTest.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        var bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
