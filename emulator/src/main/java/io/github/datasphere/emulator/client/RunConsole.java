package io.github.datasphere.emulator.client;

/** Shows a run to its user. Calls come from several threads, so implementations are thread-safe. */
public interface RunConsole {
  /** What the program of the job wrote to its standard output, unchanged. */
  void stdout(byte[] bytes);

  /** What the program of the job wrote to its standard error, unchanged. */
  void stderr(byte[] bytes);

  /** A line of ours, without its end. */
  void say(Level level, String line);

  /**
   * What the service is at, shown until the next one where lines can be taken back.
   *
   * @param text empty for nothing
   */
  void underWay(String text);

  /**
   * Starts to show how far an upload or download is.
   *
   * @param what such as {@code uploading data.csv}
   * @param totalBytes size of it, in bytes
   */
  Transfer transfer(String what, long totalBytes);

  /** How much a line matters. */
  enum Level {
    INFO,
    WARNING,
    ERROR
  }

  /** A file on its way. */
  interface Transfer extends AutoCloseable {
    /** Reports that this many more bytes have gone through. */
    void advance(long bytes);

    /** It has ended, well or not. */
    @Override
    void close();
  }
}
