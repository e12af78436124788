package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.run.ArchiveNames;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.LeftOutFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives all that is in a directory as entries of an archive, in the order of names. Links are
 * followed as far as they stay within the job. Files that the job cannot give away are left out and
 * reported.
 */
final class HostDirectory implements JobFiles.Entries {
  private final Boundary boundary;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Set<Path> above = new HashSet<>();
  private final LeftOutFiles refusals = new LeftOutFiles();
  private final ArchiveNames names = new ArchiveNames();

  /**
   * A step that is still to do. The end of a directory is a step of its own, so that the
   * directories above are known.
   *
   * @param naming whether the name is the file's own, was made up for one that is not UTF-8, or is
   *     still to be made up and names the folder alone so far
   */
  private record Step(Path path, String name, boolean leave, Naming naming) {}

  /** A name is made up when its turn comes, after the names that files before it have already. */
  private enum Naming {
    OWN,
    MADE,
    FOLDER_ALONE
  }

  HostDirectory(Path directory, String name, Boundary boundary) {
    this.boundary = boundary;
    steps.push(new Step(directory, name, false, Naming.MADE));
  }

  @Override
  public List<String> refused() {
    return refusals.all();
  }

  @Override
  public List<String> renamed() {
    return names.remarks();
  }

  @Override
  public void close() {
    // Nothing is open between two entries, so there is nothing to close
  }

  @Override
  public ArchiveStream.@Nullable Entry next() throws IOException {
    while (!steps.isEmpty()) {
      var step = named(steps.pop());
      if (step.leave()) {
        above.remove(step.path());
        continue;
      }
      var refusal = refusal(step);
      if (refusal.isPresent()) {
        refusals.add(refusal.get());
      } else if (!Files.isDirectory(step.path())) {
        return file(step);
      } else if (enter(step)) {
        return directory(step);
      }
    }
    return null;
  }

  private Optional<String> refusal(Step step) {
    return boundary
        .refusal(step.path())
        .or(() -> step.naming() == Naming.OWN ? names.refusal(step.name()) : Optional.empty());
  }

  private ArchiveStream.Entry file(Step step) throws IOException {
    var modified = Files.getLastModifiedTime(step.path());
    return new ArchiveStream.Entry(
        step.name(), Files.size(step.path()), modified, () -> open(step.path()));
  }

  private static ArchiveStream.Entry directory(Step step) throws IOException {
    return ArchiveStream.Entry.directory(step.name(), Files.getLastModifiedTime(step.path()));
  }

  private InputStream open(Path path) throws IOException {
    try {
      return Files.newInputStream(path);
    } catch (java.nio.file.AccessDeniedException e) {
      refusals.add(Utf8Paths.shown(path) + " cannot be read: its job removed the right to read it");
      return InputStream.nullInputStream();
    }
  }

  private static Step step(Path path, String folder) {
    return Utf8Paths.text(path.getFileName())
        .map(text -> new Step(path, folder + text, false, Naming.OWN))
        .orElseGet(() -> new Step(path, folder, false, Naming.FOLDER_ALONE));
  }

  private Step named(Step step) {
    return step.naming() == Naming.FOLDER_ALONE
        ? new Step(
            step.path(),
            names.made(step.name(), Utf8Paths.bytes(step.path().getFileName())),
            step.leave(),
            Naming.MADE)
        : step;
  }

  private boolean enter(Step step) throws IOException {
    var real = step.path().toRealPath();
    if (!above.add(real)) {
      refusals.add(
          "the link " + Utf8Paths.shown(step.path()) + " leads to a directory above itself");
      return false;
    }
    steps.push(new Step(real, step.name(), true, Naming.MADE));
    try (var children = Files.list(step.path())) {
      children
          .sorted(Comparator.reverseOrder())
          .forEach(child -> steps.push(step(child, step.name() + "/")));
    }
    return true;
  }
}
