package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The faults that a test has ordered; the first that takes a call has it. */
public final class Faults {
  private final List<Fault> ordered = new CopyOnWriteArrayList<>();

  /** Begins a fault for a method of any service, by its bare name such as {@code Create}. */
  public Fault on(String method) {
    return add(new Fault(method));
  }

  /** Begins a fault for uploads to file URLs. */
  public Fault onUpload() {
    return add(new Fault(Fault.UPLOAD));
  }

  /** Begins a fault for downloads from file URLs. */
  public Fault onDownload() {
    return add(new Fault(Fault.DOWNLOAD));
  }

  /** Fails the next so many calls of this method; they change nothing. */
  public Fault failNext(int calls, String method, Status status) {
    return on(method).next(calls).failWith(status);
  }

  /** Every fault, in the order in which they were ordered. */
  public List<Fault> ordered() {
    return List.copyOf(ordered);
  }

  /** Those that have not happened, or not as often as ordered. */
  public List<Fault> pending() {
    return ordered.stream().filter(Fault::isPending).toList();
  }

  /** What happens to this upload or download, if anything. */
  public Optional<FaultAction> takeTransfer(boolean upload) {
    var method = upload ? Fault.UPLOAD : Fault.DOWNLOAD;
    return ordered.stream()
        .filter(fault -> fault.method().equals(method))
        .filter(Fault::takesTransfer)
        .findFirst()
        .map(Fault::action);
  }

  Optional<FaultAction> take(String method, Message request, Predicate<Set<JobStatus>> jobIsIn) {
    return ordered.stream()
        .filter(fault -> fault.method().equals(method))
        .filter(fault -> fault.takes(request, jobIsIn))
        .findFirst()
        .map(Fault::action);
  }

  private Fault add(Fault fault) {
    ordered.add(fault);
    return fault;
  }
}
