package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.ProjectNames;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The names of objects: {@code files/<project>/<sha256>} below the namespace. {@code staging/}
 * holds content that is not visible yet, and {@code incoming/<job>/} content that a client has put
 * and that is not checked yet.
 */
record ObjectNames(String namespace) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int DIGITS = 64;

  /**
   * Returns the name of a file; empty if its digest is malformed, since such a file is never there.
   */
  Optional<String> file(FileKey key) {
    if (key.sha256().equals(JobFile.EMPTY_SHA256)) {
      return Optional.of(emptyFile());
    }
    return SHA256.matcher(key.sha256()).matches()
        ? Optional.of(project(key.project()) + key.sha256())
        : Optional.empty();
  }

  /** Returns the object of all empty files, which is there from the start. */
  String emptyFile() {
    return namespace + "/empty";
  }

  String probe() {
    return namespace + "/probe";
  }

  String files() {
    return namespace + "/files/";
  }

  String project(ProjectId project) {
    return files() + String.join("/", ProjectNames.directories(project)) + "/";
  }

  String stagings() {
    return namespace + "/staging/";
  }

  String staging() {
    return stagings() + UUID.randomUUID();
  }

  String incomings() {
    return namespace + "/incoming/";
  }

  String incoming(JobId job, FileKey key) {
    return incomings()
        + String.join("/", ProjectNames.directories(new ProjectId(job.value())))
        + "/"
        + key.sha256();
  }

  /** Returns the file of an object; empty if no file of ours has this name. */
  Optional<FileKey> key(String object) {
    if (!object.startsWith(files()) || object.length() < files().length() + DIGITS + 2) {
      return Optional.empty();
    }
    var sha256 = object.substring(object.length() - DIGITS);
    var escaped = new StringBuilder();
    for (var directory :
        object.substring(files().length(), object.length() - DIGITS - 1).split("/", -1)) {
      escaped.append(ProjectNames.part(directory));
    }
    var isFile = object.charAt(object.length() - DIGITS - 1) == '/'
        && SHA256.matcher(sha256).matches();
    return isFile
        ? ProjectNames.id(escaped.toString())
            .map(project -> new FileKey(project, sha256))
            .filter(key -> file(key).filter(object::equals).isPresent())
        : Optional.empty();
  }
}
