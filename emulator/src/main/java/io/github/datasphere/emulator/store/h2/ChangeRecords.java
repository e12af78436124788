package io.github.datasphere.emulator.store.h2;

import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.store.Changes;
import io.github.datasphere.emulator.store.h2.payload.Payloads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/**
 * Turns changes into records of the journal and back. A record has parts, each with its kind, its
 * length and its bytes.
 */
final class ChangeRecords {
  private static final int WRITE = 1;
  private static final int REMOVE = 2;
  private static final int OPERATION = 3;
  private static final int PROJECT = 4;

  private final Payloads payloads;

  ChangeRecords(Payloads payloads) {
    this.payloads = payloads;
  }

  byte[] of(Changes changes) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      if (changes.write() != null) {
        part(out, WRITE, payloads.of(changes.write()));
      }
      if (changes.remove() != null) {
        out.writeByte(REMOVE);
        out.writeUTF(changes.remove().value());
      }
      for (var operation : changes.operations()) {
        part(out, OPERATION, payloads.of(operation));
      }
      for (var project : changes.projects()) {
        part(out, PROJECT, payloads.of(project));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads changes.
   *
   * @throws IllegalArgumentException if these bytes are no changes
   */
  Changes changes(byte[] record) {
    var changes = Changes.NOTHING;
    try (var in = new DataInputStream(new ByteArrayInputStream(record))) {
      for (int kind = in.read(); kind >= 0; kind = in.read()) {
        changes = with(changes, kind, in);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("a record of the journal lacks a part", e);
    }
    return changes;
  }

  private Changes with(Changes changes, int kind, DataInputStream in) throws IOException {
    var job = changes.write();
    var removed = changes.remove();
    var operations = new ArrayList<Operation>(changes.operations());
    var projects = new ArrayList<Project>(changes.projects());
    switch (kind) {
      case WRITE -> job = payloads.job(bytes(in));
      case REMOVE -> removed = new JobId(in.readUTF());
      case OPERATION -> operations.add(payloads.operation(bytes(in)));
      case PROJECT -> projects.add(payloads.project(bytes(in)));
      default -> throw new IllegalArgumentException("a part of kind " + kind + " is not known");
    }
    return new Changes(job, removed, operations, projects);
  }

  private static void part(DataOutputStream out, int kind, byte[] payload) throws IOException {
    out.writeByte(kind);
    out.writeInt(payload.length);
    out.write(payload);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
