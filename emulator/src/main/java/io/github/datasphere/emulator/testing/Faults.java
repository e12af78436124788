package io.github.datasphere.emulator.testing;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.time.Moments;
import io.github.datasphere.emulator.time.Scheduler;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The faults that a test has ordered. If several fit a call, the first one happens. */
public final class Faults {
  private static final String GONE =
      "the emulator was reset, restored or closed during an ordered delay";

  private final List<Fault> ordered = new CopyOnWriteArrayList<>();
  private final HeldOperations operations;

  /** Ends the calls and transfers that are being delayed. */
  private final Set<Consumer<String>> held = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  Faults() {
    this(new HeldOperations());
  }

  private Faults(HeldOperations operations) {
    this.operations = operations;
  }

  /** Returns a copy of the orders, with how often each has happened; it goes on independently. */
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
   * Begins a fault for code that orders on behalf of a test. It is in effect once it is given to
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

  /** Fails this many further calls of this method; they change nothing. */
  public Fault failNext(int calls, String method, Status status) {
    return on(method).next(calls).failWith(status);
  }

  /** Returns all faults in the order in which they were ordered. */
  public List<Fault> ordered() {
    return List.copyOf(ordered);
  }

  /** Returns the faults that have not happened as often as ordered. */
  public List<Fault> pending() {
    return ordered.stream().filter(Fault::isPending).toList();
  }

  /**
   * Returns what happens to this upload or download, if anything.
   *
   * @param jobIsIn tells whether the state of its job is one of these
   */
  Optional<FaultActions> takeTransfer(boolean upload, Predicate<Set<JobStatus>> jobIsIn) {
    var method = upload ? Fault.UPLOAD : Fault.DOWNLOAD;
    return ordered.stream()
        .filter(fault -> fault.method().equals(method))
        .filter(fault -> fault.takesTransfer(jobIsIn))
        .findFirst()
        .map(Fault::actions);
  }

  /**
   * Delays a call or transfer.
   *
   * @param goOn runs when the time is over
   * @param onGone runs instead if this world ends before; receives the reason
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

  /** Ends delayed calls and transfers, since the time of their world will not move any more. */
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

  /** Returns the operations that are shown as open. */
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
