package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Moments;
import io.github.datasphere.emulator.job.Scheduler;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The faults that a test has ordered; the first that takes a call has it. */
public final class Faults {
  private static final String GONE =
      "the emulator was reset, restored or closed during an ordered delay";

  private final List<Fault> ordered = new CopyOnWriteArrayList<>();
  private final HeldOperations operations;

  /** What ends those that an ordered delay holds up. */
  private final Set<Consumer<String>> held = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  Faults() {
    this(new HeldOperations());
  }

  private Faults(HeldOperations operations) {
    this.operations = operations;
  }

  /** The same orders, as far as they have happened; they go on by themselves. */
  Faults copy() {
    var copy = new Faults(operations.copy());
    ordered.forEach(fault -> copy.ordered.add(fault.copy()));
    return copy;
  }

  /**
   * Begins a fault for a method of any service, by its bare name such as {@code Create}.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  public Fault on(String method) {
    return add(new Fault(CallNames.checked(method)));
  }

  /**
   * Begins a fault for whoever orders on behalf of another; it counts once it is given to
   * {@link #order}.
   *
   * @param method {@code PUT} and {@code GET} for uploads to and downloads from file URLs
   * @param origin what messages name as the place of the order
   * @throws IllegalArgumentException if there is no such method
   */
  public static Fault draft(String method, StackTraceElement origin) {
    var isTransfer = method.equals(Fault.UPLOAD) || method.equals(Fault.DOWNLOAD);
    return new Fault(isTransfer ? method : CallNames.checked(method), origin);
  }

  /** Orders a fault that was drafted. */
  public void order(Fault fault) {
    add(fault);
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

  /**
   * What happens to this upload or download, if anything.
   *
   * @param jobIsIn whether the state of the job that it is for is one of these
   */
  public Optional<FaultActions> takeTransfer(boolean upload, Predicate<Set<JobStatus>> jobIsIn) {
    var method = upload ? Fault.UPLOAD : Fault.DOWNLOAD;
    return ordered.stream()
        .filter(fault -> fault.method().equals(method))
        .filter(fault -> fault.takesTransfer(jobIsIn))
        .findFirst()
        .map(Fault::actions);
  }

  /**
   * Holds a call or transfer up.
   *
   * @param goOn when the time is over
   * @param onGone instead of it, if this world ends before; told why
   */
  public void hold(Scheduler scheduler, Duration time, Runnable goOn, Consumer<String> onGone) {
    held.add(onGone);
    if (closed) {
      endHeld();
      return;
    }
    scheduler.at(Moments.after(scheduler.clock().instant(), time), () -> {
      if (held.remove(onGone)) {
        goOn.run();
      }
    });
  }

  /** Ends what is held up: nothing moves the time of its world any more. */
  public void close() {
    closed = true;
    endHeld();
  }

  private void endHeld() {
    for (var onGone : List.copyOf(held)) {
      if (held.remove(onGone)) {
        onGone.accept(GONE);
      }
    }
  }

  /** Operations that are shown as open. */
  HeldOperations operations() {
    return operations;
  }

  Optional<FaultActions> take(String method, Message request, Predicate<Set<JobStatus>> jobIsIn) {
    return ordered.stream()
        .filter(fault -> fault.method().equals(method))
        .filter(fault -> fault.takes(request, jobIsIn))
        .findFirst()
        .map(Fault::actions);
  }

  private Fault add(Fault fault) {
    ordered.add(fault);
    return fault;
  }
}
