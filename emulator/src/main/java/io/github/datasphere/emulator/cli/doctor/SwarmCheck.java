package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.base.OptionalLibrary;
import io.github.datasphere.emulator.config.JobsConfig;
import io.github.datasphere.emulator.config.PullPolicy;
import io.github.datasphere.emulator.wiring.SwarmProbe;
import io.github.datasphere.emulator.wiring.SwarmProbe.Look;
import io.github.datasphere.emulator.wiring.SwarmProbe.Node;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The nodes of the swarm. */
final class SwarmCheck implements Check {
  private static final double GIB = 1L << 30;
  private static final double MILLIS = 1000;

  /** A larger difference shows in the times of logs. */
  private static final Duration LARGE_DIFFERENCE = Duration.ofSeconds(1);

  private final JobsConfig jobs;
  private final Duration patience;

  SwarmCheck(JobsConfig jobs, Duration patience) {
    this.jobs = jobs;
    this.patience = patience;
  }

  @Override
  public String subject() {
    return "Swarm";
  }

  @Override
  public List<Finding> run() {
    if (!OptionalLibrary.ENGINE.isThere()) {
      return List.of(Finding.problem(
          "containers need a library that is not there", OptionalLibrary.ENGINE.advice()));
    }
    if (jobs.swarm().engines().isEmpty()) {
      return List.of(Finding.problem(
          "the configuration names no engine of a node",
          "write engines: {node1: {address: tcp://HOST:2376, certificates: FOLDER}}"));
    }
    var findings = new ArrayList<Finding>();
    var looks = new SwarmProbe(jobs, Clock.systemUTC(), patience).looks();
    looks.forEach(look -> add(look, findings));
    if (looks.stream().flatMap(look -> look.node().stream()).noneMatch(Node::isManager)) {
      findings.add(Finding.problem(
          "none of the engines that answer is a manager's: no job can be placed",
          "name the engine of a manager, too (on the manager: docker node ls)"));
    }
    return findings;
  }

  private void add(Look look, List<Finding> findings) {
    if (look.node().isEmpty()) {
      findings.add(Finding.note(
          look.name() + ": " + look.trouble(),
          look.advice() + (look.advice().isEmpty() ? "" : "; ")
              + "until then jobs go to the other nodes"));
      return;
    }
    var node = look.node().get();
    findings.add(machine(look.name(), node));
    node.ahead()
        .filter(ahead -> ahead.abs().compareTo(LARGE_DIFFERENCE) > 0)
        .ifPresent(ahead -> findings.add(Finding.note(
            look.name() + ": its clock is " + seconds(ahead.abs())
                + (ahead.isNegative() ? " behind" : " ahead of") + " this machine's",
            "let both keep the time of one server (timedatectl)")));
    if (!node.hasImage() && jobs.images().pull() == PullPolicy.NEVER) {
      findings.add(Finding.problem(
          look.name() + ": the image " + node.image() + " is not there, and may not be pulled",
          "bring it there: docker save " + node.image() + " | docker -H ... load"));
    }
    node.refusal()
        .ifPresent(why -> findings.add(Finding.problem(
            look.name() + ": it starts no container: " + why, "see the log of its engine")));
  }

  private static Finding machine(String name, Node node) {
    var text = String.format(
        Locale.ROOT,
        "%s: %s at %s, engine %s, %s, %d CPUs, %.1f GiB, %s, answers in %s, clock %s, image %s %s",
        name,
        node.isManager() ? "manager" : "worker",
        node.place(),
        node.version(),
        node.architecture(),
        node.cpus(),
        node.memoryBytes() / GIB,
        node.lentGpus().orElse(node.hasGpus() ? "GPUs that all jobs share" : "no GPUs"),
        seconds(node.roundTrip()),
        node.ahead().map(ahead -> seconds(ahead) + " apart").orElse("not told"),
        node.image(),
        node.hasImage() ? "is there" : "is pulled by the first job that needs it");
    if (node.state().isEmpty()) {
      return Finding.note(
          text + "; no manager that answers knows it",
          "correct engines." + name + ", or let the node join the swarm of the managers");
    }
    return node.isReady()
        ? Finding.ok(text)
        : Finding.note(
            text + "; it takes no job (" + node.state().get() + ")",
            "docker node update --availability active " + name);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f s", duration.toMillis() / MILLIS);
  }
}
