package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.base.PlainWarning;
import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.http.connection.ClientGoneException;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a failure with a status and a sentence. */
final class HttpErrors {
  private HttpErrors() {}

  /** Answers, unless a part of another answer has been sent already. */
  static void answer(HttpExchange exchange, Throwable failure) {
    if (exchange.getResponseCode() >= 0) {
      log().debug("A transfer broke off", failure);
      return;
    }
    try {
      say(exchange, failure);
    } catch (IOException e) {
      log().debug("The client did not wait for its answer", e);
    }
  }

  private static void say(HttpExchange exchange, Throwable failure) throws IOException {
    if (failure instanceof FileRejectedException rejected) {
      HttpReplies.say(exchange, status(rejected.reason()), String.valueOf(rejected.getMessage()));
    } else if (failure instanceof RejectedException rejected) {
      HttpReplies.say(exchange, status(rejected.code()), rejected.reason());
    } else if (failure instanceof ClientGoneException) {
      // Only a client that closed no more than its own direction receives this
      HttpReplies.say(
          exchange,
          400,
          "The request broke off before its end, or its body is malformed; nothing of it is kept.");
    } else if (failure instanceof NoSuchFileException) {
      HttpReplies.say(
          exchange, 404, "The file is not stored: it was never uploaded, or is deleted.");
    } else if (failure instanceof StorageException || failure instanceof UncheckedIOException) {
      PlainWarning.tell(
          log(), failure, "An HTTP request failed, as the disk or storage does not serve");
      var refused = failure instanceof StorageException trouble
          && trouble.reason() == StorageException.Reason.REFUSED;
      HttpReplies.say(exchange, refused ? 500 : 503, String.valueOf(failure.getMessage()));
    } else {
      var id = UUID.randomUUID().toString().substring(0, 8);
      log().error("An HTTP request failed, id {}", id, failure);
      HttpReplies.say(
          exchange, 500, "The emulator failed; its log says more under the id " + id + ".");
    }
  }

  private static int status(FileRejectedException.Reason reason) {
    return switch (reason) {
      case WRONG_CONTENT -> 400;
      case TOO_LARGE -> 413;
      case NO_SPACE -> 507;
    };
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case CANCELLED, FAILED_PRECONDITION -> 409;
      case RESOURCE_EXHAUSTED, UNAVAILABLE -> 503;
      case INTERNAL -> 500;
    };
  }

  private static Logger log() {
    return LoggerFactory.getLogger(HttpErrors.class);
  }
}
