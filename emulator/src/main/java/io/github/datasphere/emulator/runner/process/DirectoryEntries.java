package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.runner.plan.ZipStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is in a directory, in the order of names, as entries of an archive. Links are followed
 * as far as they stay within the job; what cannot be given away is left out and told.
 */
final class DirectoryEntries implements ZipStream.Source {
  private static final int MOST_TOLD = 5;

  private final Boundary boundary;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Set<Path> above = new HashSet<>();
  private final List<String> refused = new ArrayList<>();
  private int moreRefused;

  /** Something still to do; the end of a directory is a step of its own, to know what is above. */
  private record Step(Path path, String name, boolean leave) {}

  DirectoryEntries(Path directory, String name, Boundary boundary) {
    this.boundary = boundary;
    steps.push(new Step(directory, name, false));
  }

  /** What was left out, as text for humans; complete once the last entry was given. */
  List<String> refused() {
    if (moreRefused == 0) {
      return refused;
    }
    var all = new ArrayList<>(refused);
    all.add("and " + moreRefused + " more");
    return all;
  }

  @Override
  public ZipStream.@Nullable Entry next() throws IOException {
    while (!steps.isEmpty()) {
      var step = steps.pop();
      if (step.leave()) {
        above.remove(step.path());
        continue;
      }
      var refusal = boundary.refusal(step.path());
      if (refusal.isPresent()) {
        refuse(refusal.get());
      } else if (!Files.isDirectory(step.path())) {
        return file(step);
      } else if (enter(step)) {
        return directory(step);
      }
    }
    return null;
  }

  private ZipStream.Entry file(Step step) throws IOException {
    var modified = Files.getLastModifiedTime(step.path());
    return new ZipStream.Entry(step.name(), modified, () -> open(step.path()));
  }

  private static ZipStream.Entry directory(Step step) throws IOException {
    return new ZipStream.Entry(
        step.name() + "/", Files.getLastModifiedTime(step.path()), InputStream::nullInputStream);
  }

  private InputStream open(Path path) throws IOException {
    try {
      return Files.newInputStream(path);
    } catch (java.nio.file.AccessDeniedException e) {
      refuse(path + " cannot be read: its job took the right to read it away");
      return InputStream.nullInputStream();
    }
  }

  private boolean enter(Step step) throws IOException {
    var real = step.path().toRealPath();
    if (!above.add(real)) {
      refuse("the link " + step.path() + " leads to a directory above itself");
      return false;
    }
    steps.push(new Step(real, step.name(), true));
    try (var children = Files.list(step.path())) {
      children
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(
              child -> steps.push(new Step(child, step.name() + "/" + child.getFileName(), false)));
    }
    return true;
  }

  private void refuse(String reason) {
    if (refused.size() < MOST_TOLD) {
      refused.add(reason);
    } else {
      moreRefused++;
    }
  }
}
