package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.h2.payload.Payloads;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;

/** Writes the changes of one decision. */
final class Transaction {
  private final Payloads payloads;

  Transaction(Payloads payloads) {
    this.payloads = payloads;
  }

  /** Returns the work for a transaction; the costly part of it is done before. */
  HandleConsumer<RuntimeException> prepare(Changes changes) {
    var write = changes.write();
    var payload = write == null ? new byte[0] : payloads.of(write);
    return handle -> {
      if (changes.remove() != null) {
        remove(handle, changes.remove());
      }
      if (write != null) {
        write(handle, write, payload);
      }
      changes.operations().forEach(operation -> write(handle, operation));
      changes.projects().forEach(project -> write(handle, project));
    };
  }

  private void remove(Handle handle, JobId id) {
    find(handle, id).ifPresent(job -> {
      claim(handle, job, job.claims(), Set.of());
      handle.execute("DELETE FROM job WHERE id = ?", id.value());
    });
  }

  private void write(Handle handle, Job job, byte[] payload) {
    var old = find(handle, job.id());
    handle
        .createUpdate("MERGE INTO job (seq, id, project, status, active_seq, deadline, payload)"
            + " KEY (seq) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(0, job.seq())
        .bind(1, job.id().value())
        .bind(2, job.projectId().value())
        .bind(3, job.status().number())
        .bind(4, job.status().isActive() ? Long.valueOf(job.seq()) : null)
        .bind(5, job.deadline().map(JobPages::utc).orElse(null))
        .bind(6, payload)
        .execute();
    claim(handle, job, old.map(Job::claims).orElse(Set.of()), job.claims());
  }

  private Optional<Job> find(Handle handle, JobId id) {
    return handle
        .createQuery("SELECT payload FROM job WHERE id = ?")
        .bind(0, id.value())
        .map((row, context) -> row.getBytes("payload"))
        .findOne()
        .map(payloads::job);
  }

  private static void claim(Handle handle, Job job, Set<FileKey> before, Set<FileKey> now) {
    for (var key : minus(before, now)) {
      handle.execute(
          "DELETE FROM claim WHERE project = ? AND sha256 = ? AND job = ?",
          key.project().value(),
          key.sha256(),
          job.seq());
    }
    for (var key : minus(now, before)) {
      handle.execute(
          "INSERT INTO claim (project, sha256, job) VALUES (?, ?, ?)",
          key.project().value(),
          key.sha256(),
          job.seq());
    }
  }

  private static Set<FileKey> minus(Set<FileKey> all, Set<FileKey> some) {
    var rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private void write(Handle handle, Operation operation) {
    handle.execute(
        "MERGE INTO operation (id, payload) KEY (id) VALUES (?, ?)",
        operation.id().value(),
        payloads.of(operation));
  }

  private void write(Handle handle, Project project) {
    handle.execute(
        "MERGE INTO project (id, community, payload) KEY (id) VALUES (?, ?, ?)",
        project.id().value(),
        project.communityId(),
        payloads.of(project));
  }
}
