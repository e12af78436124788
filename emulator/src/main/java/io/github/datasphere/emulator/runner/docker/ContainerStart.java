package io.github.datasphere.emulator.runner.docker;

import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.VolumesFrom;
import io.github.datasphere.emulator.docker.ImageFacts;
import io.github.datasphere.emulator.docker.Remedy;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.runner.Cancellation;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.EndingReasons;
import io.github.datasphere.emulator.runner.SystemLog;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.cache.InputCache;
import io.github.datasphere.emulator.runner.docker.cache.SharedInputs;
import io.github.datasphere.emulator.runner.docker.container.ContainerSpec;
import io.github.datasphere.emulator.runner.docker.container.DockerRunContext;
import io.github.datasphere.emulator.runner.docker.container.JobContainer;
import io.github.datasphere.emulator.runner.docker.container.JobSize;
import io.github.datasphere.emulator.runner.docker.container.NetworkVariables;
import io.github.datasphere.emulator.runner.docker.files.DockerMounts;
import io.github.datasphere.emulator.runner.docker.files.RemoteFolders;
import io.github.datasphere.emulator.runner.docker.tar.TarFormat;
import io.github.datasphere.emulator.runner.plan.GeneratedFile;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import io.github.datasphere.emulator.runner.run.InputEntries;
import io.github.datasphere.emulator.runner.run.Sandbox;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Starts the container of a job and copies the files of the job into it. */
final class ContainerStart {
  private static final int GIB_BITS = 30;
  private static final double GIB = 1L << GIB_BITS;

  private final DockerRunContext context;
  private final SystemLog log;
  private final Cancellation cancellation;

  ContainerStart(DockerRunContext context, SystemLog log, Cancellation cancellation) {
    this.context = context;
    this.log = log;
    this.cancellation = cancellation;
  }

  /**
   * Starts the container.
   *
   * @param sandbox carries scripts out in the container
   * @param onContainer receives the container as soon as there is one, since it may have to be
   *     stopped from then on
   * @return variables that the supervisor sets for the command
   */
  Map<String, String> start(
      Job job, JobPlan plan, Sandbox sandbox, Consumer<JobContainer> onContainer)
      throws IOException, PreparationException, CancelledException {
    var settings = context.settings();
    var size = settings.size().apply(job);
    tell(job, size);
    tellOfNetwork(plan);
    var image = new ImageChoice(context, log, cancellation).get(job, plan.python());
    var mounts = new DockerMounts(context, log);
    var environment = new HashMap<>(plan.environment(Map.of("PATH", image.path())));
    NetworkVariables.ofJob(settings.machine()).forEach(environment::putIfAbsent);
    cancellation.check();
    try (var inputs = inputs(job, plan);
        var shared = SharedInputs.of(
            context.cache(),
            new InputCache.Target(context.engine(), image.id(), job.id()),
            inputs,
            log,
            cancellation)) {
      var all = new ArrayList<>(mounts.of(job, plan));
      all.addAll(shared.mounts());
      var container = start(
          new Order(job, image, size, environment, all, mounts.shared(plan, image.id())),
          onContainer);
      fill(container, plan, inputs, () -> shared.copy(sandbox, inputs));
      return environment;
    } catch (DockerEngineException e) {
      throw refused(e);
    }
  }

  private InputEntries inputs(Job job, JobPlan plan)
      throws IOException, PreparationException, CancelledException {
    return InputEntries.of(
        context.parts(),
        job,
        plan,
        certificates(plan),
        context.spool(),
        context.cache().smallestBytes(),
        cancellation);
  }

  /** Makes copies within the engine. */
  private interface Copying {
    void copy() throws IOException;
  }

  private void fill(JobContainer container, JobPlan plan, InputEntries inputs, Copying shared)
      throws IOException, PreparationException, CancelledException {
    try {
      if (!context.engine().facts().isLocal()) {
        new RemoteFolders(context.engine().files(), container.id(), plan).bring();
      }
      place(inputs, container);
      shared.copy();
      // What could not be copied there
      place(inputs, container);
    } catch (IOException | PreparationException e) {
      var words = container.firstWords();
      var reason = ForeignImage.explanation(context.engine(), words)
          .or(() -> Supervisor.refusal(words).map(EndingReasons::imageLacks));
      if (reason.isPresent()) {
        throw new PreparationException(reason.get(), e);
      }
      throw e;
    }
  }

  /** Describes the container that is wanted. */
  private record Order(
      Job job,
      ImageFacts image,
      JobSize size,
      Map<String, String> environment,
      List<Mount> mounts,
      List<VolumesFrom> shared) {}

  /** Finds out from the refusal that an image has no bash, and remembers it for the next job. */
  private JobContainer start(Order order, Consumer<JobContainer> onContainer)
      throws DockerEngineException, CancelledException {
    var image = order.image().id();
    if (!context.imagesWithoutBash().contains(image)) {
      try {
        return start(order, Supervisor.Shell.BASH, onContainer);
      } catch (DockerEngineException e) {
        if (!isMissing("bash", e)) {
          throw e;
        }
        context.imagesWithoutBash().add(image);
      }
    }
    log.info("The image has no bash: its sh runs the command");
    return start(order, Supervisor.Shell.SH, onContainer);
  }

  private JobContainer start(
      Order order, Supervisor.Shell shell, Consumer<JobContainer> onContainer)
      throws DockerEngineException, CancelledException {
    var command = new ContainerSpec(context)
        .create(
            order.job(),
            order.image(),
            order.size(),
            Map.of(Supervisor.MARK, UUID.randomUUID().toString()),
            order.mounts(),
            order.shared(),
            shell);
    var container =
        new JobContainer(context.engine(), context.engine().ask(command::exec).getId());
    onContainer.accept(container);
    cancellation.check();
    try {
      container.start();
      return container;
    } catch (DockerEngineException e) {
      container.detach();
      container.remove();
      throw e;
    }
  }

  private static boolean isMissing(String program, DockerEngineException e) {
    var words = String.valueOf(e.getMessage());
    return words.contains(program) && words.contains("not found");
  }

  private void tell(Job job, JobSize size) {
    log.info("Job " + job.id() + " runs in a container of the engine at "
        + context.engine().facts().host());
    log.info(String.format(
        Locale.ROOT,
        "Instance type %s asks for %s; the container gets %.1f vCPU, %.1f GiB, %d GPU",
        job.execution().instanceType(),
        size.asked(),
        size.cpus(),
        size.memoryBytes() / GIB,
        size.gpus()));
    var lacking = context.engine().facts().limits().lacking();
    if (!lacking.isEmpty()) {
      log.error(
          "The engine cannot limit the " + String.join(" and ", lacking)
              + " of a container: this one may use all that its machine has (datasphere-emulator doctor says what to do)");
    }
    if (size.gpus() < size.gpusAsked()) {
      log.error("The engine's machine does not have the GPUs that the job asks for: it runs with "
          + size.gpus() + " of " + size.gpusAsked());
    }
  }

  private void tellOfNetwork(JobPlan plan) {
    var machine = context.settings().machine();
    var passed = plan.python() == null || !plan.python().installs()
        ? NetworkVariables.ofJob(machine)
        : NetworkVariables.ofPip(machine);
    var names = NetworkVariables.leadingNowhere(passed);
    if (!names.isEmpty()) {
      log.error(
          String.join(", ", names) + " in the emulator's environment: the loopback address means"
              + " the container itself there. Give an address that containers can reach");
    }
  }

  /** Returns the certificates that pip may need on its way to the package index. */
  private List<GeneratedFile> certificates(JobPlan plan) throws IOException {
    var file = NetworkVariables.certificates(context.settings().machine());
    return plan.python() == null || !plan.python().installs() || file.isEmpty()
        ? List.of()
        : List.of(new GeneratedFile(NetworkVariables.CERTIFICATES, Files.readString(file.get())));
  }

  private void place(InputEntries inputs, JobContainer container)
      throws IOException, PreparationException, CancelledException {
    if (inputs.isEmpty()) {
      return;
    }
    try (var tar = new ArchiveStream(inputs, TarFormat::new)) {
      try {
        context.engine().files().put(container.id(), "/", tar);
      } catch (IOException e) {
        cancellation.check();
        if (tar.failure() == null && e instanceof DockerEngineException gone && gone.isSilence()) {
          throw gone;
        }
        var remedy =
            e instanceof DockerEngineException refused ? Remedy.of(refused) : Optional.empty();
        if (remedy.isPresent()) {
          throw new PreparationException(
              "The job's files could not be placed: " + e.getMessage() + "; " + remedy.get() + ".",
              e);
        }
        throw inputs.notPlaced(tar.failure() == null ? e : tar.failure());
      }
    }
  }

  /** Tells the user in the engine's own words what failed, and what to do about it. */
  private static PreparationException refused(DockerEngineException e)
      throws DockerEngineException {
    var words = String.valueOf(e.getMessage());
    if (e.isSilence()) {
      throw e;
    }
    var advice = "";
    if (isMissing("sh", e)) {
      advice = " The image has neither bash nor sh, and jobs need a shell: take another.";
    } else if (ForeignImage.isRefusal(words)) {
      advice = " The image is made for another processor: take another tag.";
    } else if (words.contains("could not select device driver")) {
      advice = " The engine cannot give GPUs: install the NVIDIA container toolkit.";
    } else if (words.contains("bind source path does not exist")) {
      advice = " The engine runs on another machine or in a virtual one that does not share this"
          + " folder.";
    }
    var remedy = Remedy.of(e).map(what -> "; " + what).orElse("");
    return new PreparationException(
        "The container of the job could not be started: " + words + remedy + "." + advice, e);
  }
}
