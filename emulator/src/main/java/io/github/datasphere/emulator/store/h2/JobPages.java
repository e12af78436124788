package io.github.datasphere.emulator.store.h2;

import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.store.JobQuery;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Queries that an index answers in order. H2 walks an index only if ORDER BY names each of its
 * columns (docs/decisions.md). Then a page costs the same, however many rows follow it.
 */
final class JobPages {
  /** A lower bound for deadlines. With it, the index is not walked over jobs without a deadline. */
  private static final String HAS_DEADLINE = "deadline >= TIMESTAMP '0001-01-01 00:00:00'";

  private static final String OF_PROJECT = """
      SELECT seq, payload FROM job WHERE project = ? AND seq < ?
      ORDER BY project DESC, seq DESC FETCH FIRST ? ROWS ONLY""";

  private static final String OF_STATUS = """
      (SELECT seq, payload FROM job WHERE project = ? AND status = ? AND seq < ?
      ORDER BY project DESC, status DESC, seq DESC FETCH FIRST ? ROWS ONLY)""";

  /** Lists payloads, newest first. */
  List<byte[]> list(Handle handle, JobQuery query) {
    var statuses = List.copyOf(query.statuses());
    return statuses.isEmpty() ? ofProject(handle, query) : ofStatuses(handle, query, statuses);
  }

  private static List<byte[]> ofProject(Handle handle, JobQuery query) {
    return handle
        .createQuery(OF_PROJECT)
        .bind(0, query.project().value())
        .bind(1, query.beforeSeq())
        .bind(2, query.limit())
        .map((row, context) -> row.getBytes("payload"))
        .list();
  }

  /**
   * Merges one ordered query for each status, so that a rare status costs no more than a common
   * one.
   */
  private static List<byte[]> ofStatuses(Handle handle, JobQuery query, List<JobStatus> statuses) {
    var arms =
        Collections.nCopies(statuses.size(), OF_STATUS).stream().collect(joining("\nUNION ALL\n"));
    var sql = handle.createQuery(
        "SELECT payload FROM (" + arms + ") ORDER BY seq DESC FETCH FIRST ? ROWS ONLY");
    int at = 0;
    for (var status : statuses) {
      sql.bind(at++, query.project().value());
      sql.bind(at++, status.number());
      sql.bind(at++, query.beforeSeq());
      sql.bind(at++, query.limit());
    }
    return sql.bind(at, query.limit())
        .map((row, context) -> row.getBytes("payload"))
        .list();
  }

  Optional<Instant> nextDeadline(Handle handle) {
    return handle
        .createQuery("SELECT deadline FROM job WHERE " + HAS_DEADLINE
            + " ORDER BY deadline, seq FETCH FIRST 1 ROWS ONLY")
        .mapTo(LocalDateTime.class)
        .findOne()
        .map(time -> time.toInstant(ZoneOffset.UTC));
  }

  List<JobId> due(Handle handle, Instant now, int limit) {
    return handle
        .createQuery("SELECT id FROM job WHERE " + HAS_DEADLINE
            + " AND deadline <= ? ORDER BY deadline, seq FETCH FIRST ? ROWS ONLY")
        .bind(0, utc(now))
        .bind(1, limit)
        .mapTo(String.class)
        .map(JobId::new)
        .list();
  }

  static LocalDateTime utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
