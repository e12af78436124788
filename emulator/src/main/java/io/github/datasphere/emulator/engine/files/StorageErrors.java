package io.github.datasphere.emulator.engine.files;

import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a caller that the file store cannot be asked. */
public final class StorageErrors {
  private StorageErrors() {}

  /** Returns the exception to throw; a storage that is away is no fault of the emulator. */
  public static RuntimeException asException(IOException failure) {
    if (failure instanceof StorageException trouble) {
      log().warn("{}", trouble.getMessage());
      return rejected(code(trouble.reason()), trouble);
    }
    if (failure instanceof FileRejectedException rejected) {
      return rejected(code(rejected.reason()), rejected);
    }
    PlainWarning.tell(log(), failure, "The file store does not serve");
    return rejected(
        ErrorCode.UNAVAILABLE,
        new IOException("The files of the emulator cannot be reached: "
            + PlainWarning.words(failure)
            + ". Look at its disk, then try again."));
  }

  /** Returns the exception for a failure that came while a listing was read. */
  public static RuntimeException asException(UncheckedIOException failure) {
    var cause = failure.getCause();
    return cause == null ? failure : asException(cause);
  }

  private static ErrorCode code(StorageException.Reason reason) {
    return switch (reason) {
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
      case REFUSED -> ErrorCode.FAILED_PRECONDITION;
    };
  }

  private static ErrorCode code(FileRejectedException.Reason reason) {
    return switch (reason) {
      case NO_SPACE -> ErrorCode.RESOURCE_EXHAUSTED;
      case WRONG_CONTENT, TOO_LARGE -> ErrorCode.FAILED_PRECONDITION;
    };
  }

  private static RuntimeException rejected(ErrorCode code, IOException failure) {
    return new Rejected(code, String.valueOf(failure.getMessage()), List.of()).asException();
  }

  private static Logger log() {
    return LoggerFactory.getLogger(StorageErrors.class);
  }
}
