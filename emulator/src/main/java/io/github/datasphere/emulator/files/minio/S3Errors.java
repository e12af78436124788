package io.github.datasphere.emulator.files.minio;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.files.StorageException.Reason;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a server and what to do, in terms of this emulator's configuration. */
final class S3Errors {
  private static final Set<String> FULL = Set.of(
      "XMinioStorageFull",
      "XMinioAdminBucketQuotaExceeded",
      "QuotaExceeded",
      "InsufficientStorage");
  private static final Set<String> WRONG_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidTokenId", "NotSignedUp");
  private static final int FULL_STATUS = 507;
  private static final int MOST_WORDS = 600;
  private static final int FIRST_SERVER_FAULT = 500;

  private final MinioSettings settings;
  private final Clock clock;

  S3Errors(MinioSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Returns where the server is, for humans. */
  String place() {
    return settings.place();
  }

  /** Returns the exception to throw for this failure. */
  IOException of(MinioException failure) {
    if (failure instanceof ErrorResponseException answer) {
      return ofAnswer(answer);
    }
    if (failure instanceof ServerException server && server.statusCode() == FULL_STATUS) {
      return full(failure);
    }
    return ofTransport(failure);
  }

  /** Returns the exception for a connection that fails while content is read. */
  IOException ofConnection(IOException failure) {
    return ofTransport(failure);
  }

  /** Returns the exception for an object that the server has only in part. */
  IOException ofDamage(String object, Throwable failure) {
    return new StorageException(
        Reason.REFUSED,
        "The storage at " + settings.place() + " does not give the whole of the object " + object
            + " in the bucket " + settings.bucket() + ", though it answers: it is damaged there."
            + " Delete it there, then create the job again, which uploads it again.",
        failure);
  }

  /**
   * Whether MinIO says that it has lost data of an object, or that they do not fit their checksum.
   */
  static boolean isDamage(MinioException failure) {
    if (!(failure instanceof ErrorResponseException answer)) {
      return false;
    }
    var words = words(answer);
    return words.contains("Resource requested is unreadable")
        || words.contains("file is corrupted");
  }

  static boolean isMissingObject(MinioException failure) {
    return failure instanceof ErrorResponseException answer
        && answer.errorResponse().code().equals("NoSuchKey");
  }

  static boolean isMissingBucket(MinioException failure) {
    return failure instanceof ErrorResponseException answer
        && answer.errorResponse().code().equals("NoSuchBucket");
  }

  /** Returns the exception for a bucket that is gone. */
  IOException ofMissingBucket() {
    return refused(
        "the bucket " + settings.bucket() + " is gone, and with it the files of all jobs. Restore"
            + " it, or start the emulator again to make an empty one and create the jobs again",
        null);
  }

  /** Returns the exception for an answer that makes no sense. */
  IOException ofNonsense(String why) {
    return refused(why + ". Look whether storage.minio.endpoint leads to an S3 storage", null);
  }

  private IOException ofAnswer(ErrorResponseException answer) {
    var code = answer.errorResponse().code();
    var status = answer.response().code();
    // MinIO has a code for a full disk, but does not use it everywhere
    if (FULL.contains(code)
        || status == FULL_STATUS
        || words(answer).contains("no space left on device")) {
      return full(answer);
    }
    if (code.equals("NoSuchBucket")) {
      return ofMissingBucket();
    }
    if (code.equals("RequestTimeTooSkewed")) {
      return refused(
          "its clock and this machine's differ" + difference(answer)
              + ", and it takes no more than 15 minutes. Set the clocks right",
          answer);
    }
    if (code.equals("AuthorizationHeaderMalformed")
        || code.equals("AuthorizationQueryParametersError")) {
      return refused(
          "it is not in the region " + settings.dialect().region() + " (" + words(answer)
              + "). Name its region in storage.minio.region",
          answer);
    }
    if (WRONG_KEYS.contains(code)) {
      return refused(
          "it does not accept the keys (" + words(answer)
              + "). Correct storage.minio.access-key and secret-key",
          answer);
    }
    if (code.equals("AccessDenied") || status == 401 || status == 403) {
      return refused(
          "it denies access (" + words(answer) + "). Give the owner of storage.minio.access-key the"
              + " right to read, write, list and delete in the bucket",
          answer);
    }
    if (status >= FIRST_SERVER_FAULT) {
      return unavailable("it answers " + status + " (" + words(answer) + ")", answer);
    }
    return refused("it answers " + status + " (" + words(answer) + ")", answer);
  }

  private IOException ofTransport(Exception failure) {
    var tls = cause(failure, SSLException.class);
    if (tls != null) {
      return refused(
          "no trusted connection can be made (" + tls.getMessage() + "). Name the certificate of"
              + " its authority in storage.minio.ca, and its host as the certificate does",
          failure);
    }
    if (cause(failure, ConnectException.class) != null
        || cause(failure, UnknownHostException.class) != null) {
      return unavailable("nothing answers there (" + deepest(failure) + ")", failure);
    }
    if (cause(failure, SocketTimeoutException.class) != null) {
      return unavailable("it does not answer in time", failure);
    }
    var unreadable = cause(failure, ProtocolException.class);
    if (unreadable != null) {
      return unavailable("its answer cannot be read (" + unreadable.getMessage() + ")", failure);
    }
    return unavailable("the connection failed (" + outermost(failure) + ")", failure);
  }

  private IOException full(MinioException failure) {
    var rejected = new FileRejectedException(
        FileRejectedException.Reason.NO_SPACE,
        "The storage at " + settings.place()
            + " is full: no space is left for this file. Make room there, then try again.");
    rejected.initCause(failure);
    return rejected;
  }

  private StorageException refused(String why, @Nullable Throwable cause) {
    return new StorageException(
        Reason.REFUSED,
        "The storage at " + settings.place() + " cannot be used: " + shown(why) + ".",
        cause);
  }

  private StorageException unavailable(String why, Throwable cause) {
    return new StorageException(
        Reason.UNAVAILABLE,
        "The storage at " + settings.place() + " cannot be reached: " + shown(why)
            + ". Start it, or correct storage.minio.endpoint, then try again.",
        cause);
  }

  private String difference(ErrorResponseException answer) {
    var date = answer.response().header("Date");
    if (date == null) {
      return "";
    }
    try {
      var there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return " by " + Duration.between(there, clock.instant()).abs().toSeconds() + " seconds";
    } catch (DateTimeParseException e) {
      return "";
    }
  }

  private static String words(ErrorResponseException answer) {
    return answer.errorResponse().code() + ": " + answer.errorResponse().message();
  }

  /** The words of a stranger, as a user can read them. */
  private static String shown(String words) {
    var plain = words.replaceAll("\\p{Cntrl}+", " ");
    return plain.length() <= MOST_WORDS
        ? plain
        : plain.substring(0, MOST_WORDS / 2) + " ... "
            + plain.substring(plain.length() - MOST_WORDS / 2);
  }

  /**
   * Takes the outermost reason: inner ones tell how the client reads an answer, not what has
   * happened.
   */
  private static String outermost(Throwable failure) {
    var broken = cause(failure, IOException.class);
    return broken == null || broken.getMessage() == null ? deepest(failure) : broken.getMessage();
  }

  private static String deepest(Throwable failure) {
    var deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
  }

  private static <T> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return type.cast(e);
      }
    }
    return null;
  }
}
