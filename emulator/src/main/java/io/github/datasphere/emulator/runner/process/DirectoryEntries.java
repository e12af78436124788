package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.base.Utf8Paths;
import io.github.datasphere.emulator.runner.plan.ArchiveStream;
import io.github.datasphere.emulator.runner.run.ArchiveNames;
import io.github.datasphere.emulator.runner.run.JobFiles;
import io.github.datasphere.emulator.runner.run.Refusals;
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
final class DirectoryEntries implements JobFiles.Entries {
  private final Boundary boundary;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Set<Path> above = new HashSet<>();
  private final Refusals refusals = new Refusals();
  private final ArchiveNames names = new ArchiveNames();

  /**
   * A step that is still to do. The end of a directory is a step of its own, so that the
   * directories above are known.
   *
   * @param made whether the name was made up for a file whose own name is not UTF-8
   */
  private record Step(Path path, String name, boolean leave, boolean made) {}

  DirectoryEntries(Path directory, String name, Boundary boundary) {
    this.boundary = boundary;
    steps.push(new Step(directory, name, false, true));
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
      var step = steps.pop();
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
        .or(() -> step.made() ? Optional.empty() : names.refusal(step.name()));
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
      refusals.add(
          Utf8Paths.shown(path) + " cannot be read: its job took the right to read it away");
      return InputStream.nullInputStream();
    }
  }

  private Step step(Path path, String folder) {
    var name = path.getFileName();
    return Utf8Paths.text(name)
        .map(text -> new Step(path, folder + text, false, false))
        .orElseGet(() -> new Step(path, names.made(folder, Utf8Paths.bytes(name)), false, true));
  }

  private boolean enter(Step step) throws IOException {
    var real = step.path().toRealPath();
    if (!above.add(real)) {
      refusals.add(
          "the link " + Utf8Paths.shown(step.path()) + " leads to a directory above itself");
      return false;
    }
    steps.push(new Step(real, step.name(), true, true));
    try (var children = Files.list(step.path())) {
      children
          .sorted(Comparator.reverseOrder())
          .forEach(child -> steps.push(step(child, step.name() + "/")));
    }
    return true;
  }
}
