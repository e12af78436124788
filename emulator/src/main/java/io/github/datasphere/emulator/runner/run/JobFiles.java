package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.runner.plan.ArchiveStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The files that a job has left; a job gives away plain files and directories of its own only. */
public interface JobFiles {
  /** What becomes of a path. */
  Found find(String path) throws IOException;

  /** The content of a file that was found. */
  InputStream open(Found.File file) throws IOException;

  /**
   * All that is in a directory that was found.
   *
   * @param root first part of the entries' names
   * @param limitBytes of all its content; more is not even read
   */
  Entries entries(Found.Directory directory, String root, long limitBytes) throws IOException;

  /**
   * Copies or moves a directory of the job to this machine.
   *
   * @param target comes into being whole or not at all
   */
  void keep(String directory, Path target) throws IOException;

  /** What was found at a path. */
  sealed interface Found {
    /** Nothing is there. */
    record Nothing() implements Found {}

    /** It cannot be given away; the reason names the path. */
    record Refused(String reason) implements Found {}

    /** A plain file, at its real path. */
    record File(String path, long size) implements Found {}

    /** A directory, at its real path. */
    record Directory(String path) implements Found {}
  }

  /**
   * What is in a directory, in the order of names. Links are followed as far as they stay within
   * the job.
   */
  interface Entries extends ArchiveStream.Source, AutoCloseable {
    /** What was left out, as text for humans; complete once the last entry was given. */
    List<String> refused();

    /** What bears another name in the archive, as text for humans; complete likewise. */
    List<String> renamed();

    @Override
    void close() throws IOException;
  }
}
