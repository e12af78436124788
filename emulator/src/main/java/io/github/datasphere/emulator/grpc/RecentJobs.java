package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.grpc.mapping.JobMapping;
import io.github.datasphere.emulator.job.Job;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps the messages of the jobs that were asked for last. Clients ask for the same job again and
 * again until it has ended, and to make its message costs more than everything else in Get.
 */
final class RecentJobs {
  private static final int SLOTS = 64;
  private static final int LARGEST_BYTES = 64 << 10;

  private final AtomicReferenceArray<Mapped> slots = new AtomicReferenceArray<>(SLOTS);

  private record Mapped(Job job, io.github.datasphere.proto.jobs.Job message) {}

  /** Returns the message of exactly this job object; a job that has changed is another object. */
  io.github.datasphere.proto.jobs.Job message(Job job) {
    int slot = Math.floorMod(job.id().hashCode(), SLOTS);
    var known = slots.get(slot);
    if (known != null && isSame(known.job, job)) {
      return known.message;
    }
    var message = JobMapping.toProto(job);
    if (message.getSerializedSize() <= LARGEST_BYTES) {
      slots.set(slot, new Mapped(job, message));
    }
    return message;
  }

  @SuppressWarnings("ReferenceEquality") // comparing all of a job would cost what is saved here
  private static boolean isSame(Job one, Job other) {
    return one == other;
  }
}
