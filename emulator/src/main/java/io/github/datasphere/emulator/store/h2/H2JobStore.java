package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.base.Durable;
import io.github.datasphere.emulator.base.KeyFile;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.JobQuery;
import io.github.datasphere.emulator.store.JobStore;
import io.github.datasphere.emulator.store.StoreException;
import io.github.datasphere.emulator.store.StoredJob;
import io.github.datasphere.emulator.store.h2.payload.Payloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Keeps everything in an H2 database of the data directory. A change is there after a kill once
 * {@link #commit} has returned. Only one process at a time may use the directory; the caller makes
 * sure of that.
 */
public final class H2JobStore implements JobStore {
  private static final RowMapper<byte[]> PAYLOAD = (row, context) -> row.getBytes("payload");

  private final JournaledDatabase database;
  private final Payloads payloads;
  private final JobPages pages;

  private H2JobStore(JournaledDatabase database, Payloads payloads) {
    this.database = database;
    this.payloads = payloads;
    this.pages = new JobPages();
  }

  /**
   * Opens the store of this directory, which is made if there is none.
   *
   * @throws StoreException if it is damaged, inaccessible or of a later version; then it is left as
   *     it is
   */
  public static H2JobStore open(Path directory) {
    return open(directory, UnaryOperator.identity());
  }

  static H2JobStore open(Path directory, UnaryOperator<Jdbi> writers) {
    try {
      Durable.createDirectories(directory);
      KeyFile.deleteDrafts(directory);
      var payloads = new Payloads(new KeyFileSeal(directory.resolve("secret.key")));
      return new H2JobStore(JournaledDatabase.open(directory, payloads, writers), payloads);
    } catch (IOException | JdbiException e) {
      throw new StoreException(
          "The data directory " + directory + " cannot be used: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Job> job(JobId id) {
    return with(handle -> handle
            .createQuery("SELECT payload FROM job WHERE id = ?")
            .bind(0, id.value())
            .map(PAYLOAD)
            .findOne())
        .map(payloads::job);
  }

  @Override
  public Optional<Operation> operation(OperationId id) {
    return with(handle -> handle
            .createQuery("SELECT payload FROM operation WHERE id = ?")
            .bind(0, id.value())
            .map(PAYLOAD)
            .findOne())
        .map(payloads::operation);
  }

  @Override
  public Optional<Project> project(ProjectId id) {
    return with(handle -> handle
            .createQuery("SELECT payload FROM project WHERE id = ?")
            .bind(0, id.value())
            .map(PAYLOAD)
            .findOne())
        .map(payloads::project);
  }

  @Override
  public void commit(Changes changes) {
    database.commit(changes);
  }

  @Override
  public List<Operation> operations(String after, int limit) {
    return with(handle -> handle
            .createQuery("SELECT payload FROM operation WHERE id > ? ORDER BY id"
                + " FETCH FIRST ? ROWS ONLY")
            .bind(0, after)
            .bind(1, limit)
            .map(PAYLOAD)
            .list())
        .stream()
        .map(payloads::operation)
        .toList();
  }

  @Override
  public void prune(List<OperationId> operations) {
    database.prune(operations);
  }

  @Override
  public long nextSeq() {
    return database.nextSeq();
  }

  @Override
  public List<Job> list(JobQuery query) {
    return jobs(handle -> pages.list(handle, query));
  }

  @Override
  public List<StoredJob> latest(long beforeSeq, int limit) {
    return with(handle -> handle
        .createQuery("SELECT seq, status, payload FROM job WHERE seq < ? ORDER BY seq DESC"
            + " FETCH FIRST ? ROWS ONLY")
        .bind(0, beforeSeq)
        .bind(1, limit)
        .<StoredJob>map((row, context) ->
            new JobRow(row.getLong(1), JobStatus.of(row.getInt(2)), row.getBytes(3), payloads))
        .list());
  }

  private static final class JobRow implements StoredJob {
    private final long seq;
    private final JobStatus status;
    private final byte[] payload;
    private final Payloads payloads;

    JobRow(long seq, JobStatus status, byte[] payload, Payloads payloads) {
      this.seq = seq;
      this.status = status;
      this.payload = payload;
      this.payloads = payloads;
    }

    @Override
    public long seq() {
      return seq;
    }

    @Override
    public JobStatus status() {
      return status;
    }

    @Override
    public boolean mayHold(Predicate<byte[]> bytes) {
      return bytes.test(payload);
    }

    @Override
    public Job job() {
      return payloads.job(payload);
    }
  }

  @Override
  public List<Project> listProjects(String communityId, String after, int limit) {
    return with(handle -> handle
            .createQuery("SELECT payload FROM project WHERE community = ? AND id > ?"
                + " ORDER BY community, id FETCH FIRST ? ROWS ONLY")
            .bind(0, communityId)
            .bind(1, after)
            .bind(2, limit)
            .map(PAYLOAD)
            .list())
        .stream()
        .map(payloads::project)
        .toList();
  }

  @Override
  public boolean isClaimed(FileKey key) {
    return with(handle -> handle
        .createQuery("SELECT 1 FROM claim WHERE project = ? AND sha256 = ? FETCH FIRST 1 ROWS ONLY")
        .bind(0, key.project().value())
        .bind(1, key.sha256())
        .mapTo(Integer.class)
        .findOne()
        .isPresent());
  }

  @Override
  public Optional<Instant> nextDeadline() {
    return with(handle -> pages.nextDeadline(handle));
  }

  @Override
  public List<JobId> due(Instant now, int limit) {
    return with(handle -> pages.due(handle, now, limit));
  }

  @Override
  public List<Job> active() {
    return jobs(handle -> handle
        .createQuery("SELECT payload FROM job WHERE active_seq >= 0 ORDER BY active_seq")
        .map(PAYLOAD)
        .list());
  }

  @Override
  public void close() {
    database.close();
  }

  private List<Job> jobs(HandleCallback<List<byte[]>, RuntimeException> question) {
    return with(question).stream().map(payloads::job).toList();
  }

  private <T> T with(HandleCallback<T, RuntimeException> question) {
    return database.ask(question);
  }
}
