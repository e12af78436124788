package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a job has left. A job can give away only plain files and directories of its own.
 */
public interface JobFiles {
  /** Finds what is at a path. */
  Found find(String path) throws IOException;

  /** Opens a file that was found. */
  InputStream open(Found.File file) throws IOException;

  /**
   * Lists a directory that was found.
   *
   * @param root first part of the entries' names
   * @param limitBytes limit for all its content; nothing beyond it is read
   */
  Entries entries(Found.Directory directory, String root, long limitBytes) throws IOException;

  /**
   * Copies or moves a directory of the job to this machine.
   *
   * @param target comes into being whole or not at all
   * @param limitBytes how much is copied at most; what is moved takes no more room than before
   */
  void keep(String directory, Path target, long limitBytes) throws IOException;

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
   * The content of a directory in the order of names. Links are followed as far as they stay within
   * the job.
   */
  interface Entries extends ArchiveStream.Source, AutoCloseable {
    /** Returns what was left out, as text for humans; complete once the last entry was given. */
    List<String> refused();

    /**
     * Returns what has another name in the archive, as text for humans; complete once the last
     * entry was given.
     */
    List<String> renamed();

    @Override
    void close() throws IOException;
  }
}
