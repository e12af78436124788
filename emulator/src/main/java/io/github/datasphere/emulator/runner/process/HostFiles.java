package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.Trees;
import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.run.InputEntries;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.RunnerParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a job in its directory: its inputs, and what it leaves. */
final class HostFiles implements JobFiles {
  private static final Logger LOG = LoggerFactory.getLogger(HostFiles.class);

  /** All inputs are executable, as on the service (service-behaviour 4.5). */
  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final Boundary boundary;

  private HostFiles(Boundary boundary) {
    this.boundary = boundary;
  }

  /** Finds what a job has left. Includes mounted folders, since outputs may lie in them. */
  static HostFiles of(JobPlan plan, JobFolder folder) throws IOException {
    var roots = new ArrayList<Path>();
    roots.add(folder.work().toRealPath());
    for (var mount : plan.mounts()) {
      if (Files.isDirectory(mount.folder())) {
        roots.add(mount.folder().toRealPath());
      }
    }
    return new HostFiles(new Boundary(roots));
  }

  static void tell(Job job, JobFolder folder, SystemLog log) {
    log.info("Job " + job.id() + " runs as a process of this machine");
    log.info("The directory " + folder.work() + " stands for /job");
    log.info("Instance type " + job.execution().instanceType()
        + ": CPU and memory of a process are not limited");
    var image = job.parameters().env().image();
    if (image != null) {
      var words = "The image " + name(image) + " that the job asks for is not used: it runs as a"
          + " process, with what this machine has (containers take --runner docker and an engine:"
          + " datasphere-emulator doctor)";
      log.error(words);
      LOG.warn("Job {}: {}", job.id(), words);
    }
  }

  private static String name(DockerImage image) {
    return image instanceof DockerImage.Registry registry
        ? registry.url()
        : ((DockerImage.Resource) image).id();
  }

  static void place(
      Job job, JobPlan plan, JobFolder folder, RunnerParts parts, Cancellation cancellation)
      throws IOException, PreparationException, CancelledException {
    try (var inputs = InputEntries.of(
        parts, job, plan, List.of(), folder.state(), Long.MAX_VALUE, cancellation)) {
      try {
        for (var entry = inputs.next(); entry != null; entry = inputs.next()) {
          var path = Utf8Paths.of("/" + entry.name());
          if (entry.isDirectory()) {
            Files.createDirectories(path);
          } else {
            try (var content = entry.content().open()) {
              Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.setPosixFilePermissions(path, EXECUTABLE);
          }
        }
      } catch (IOException | InvalidPathException e) {
        cancellation.check();
        throw inputs.notPlaced(e);
      }
    }
  }

  @Override
  public Found find(String text) throws IOException {
    try {
      var path = Utf8Paths.of(text);
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return new Found.Nothing();
      }
      var refusal = boundary.refusalOfPath(path);
      if (refusal.isPresent()) {
        return new Found.Refused(refusal.get());
      }
      return Files.isDirectory(path)
          ? new Found.Directory(text)
          : new Found.File(text, Files.size(path));
    } catch (InvalidPathException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public InputStream open(Found.File file) throws IOException {
    return Files.newInputStream(Utf8Paths.of(file.path()));
  }

  @Override
  public Entries entries(Found.Directory directory, String root, long limitBytes) {
    return new HostDirectory(Utf8Paths.of(directory.path()), root, boundary);
  }

  @Override
  public void keep(String directory, Path target, long limitBytes) throws IOException {
    var filled = Utf8Paths.of(directory);
    try {
      Files.move(filled, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Trees.makeAside(target, aside -> Trees.copy(filled, aside, limitBytes));
    }
  }
}
