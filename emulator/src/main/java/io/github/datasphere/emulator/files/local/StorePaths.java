package io.github.datasphere.emulator.files.local;

import io.github.datasphere.emulator.files.ProjectNames;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where files lie in the store: {@code projects/<project>/<first two digits>/<sha256>} and
 * {@code staging}.
 */
record StorePaths(Path root) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  Path projects() {
    return root.resolve("projects");
  }

  Path staging() {
    return root.resolve("staging");
  }

  /**
   * Returns the path of a file; empty if its digest is malformed, since such a file is never there.
   */
  Optional<Path> file(FileKey key) {
    if (!SHA256.matcher(key.sha256()).matches()) {
      return Optional.empty();
    }
    var directory = projects();
    for (var name : ProjectNames.directories(key.project())) {
      directory = directory.resolve(name);
    }
    return Optional.of(directory.resolve(key.sha256().substring(0, 2)).resolve(key.sha256()));
  }

  /**
   * Lists all files, one directory after the other. Files that appear or disappear meanwhile may be
   * missed.
   */
  Stream<FileKey> files() {
    return filesBelow(projects(), "");
  }

  private static Stream<FileKey> filesBelow(Path directory, String idSoFar) {
    return entries(directory).stream().flatMap(entry -> {
      var name = entry.getFileName().toString();
      var id = idSoFar + ProjectNames.part(name);
      return ProjectNames.goesOn(name)
          ? filesBelow(entry, id)
          : ProjectNames.id(id).stream().flatMap(project -> filesOf(project, entry));
    });
  }

  private static Stream<FileKey> filesOf(ProjectId project, Path directory) {
    return entries(directory).stream()
        .flatMap(prefix -> entries(prefix).stream())
        .map(file -> file.getFileName().toString())
        .filter(name -> SHA256.matcher(name).matches())
        .map(sha256 -> new FileKey(project, sha256));
  }

  private static List<Path> entries(Path directory) {
    var entries = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // The directory was removed just now, or it is a file that is not ours
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }
}
