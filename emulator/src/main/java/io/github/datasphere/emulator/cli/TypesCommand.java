package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.wiring.InstanceSizes;
import io.github.datasphere.emulator.wiring.InstanceSizes.Amount;
import io.github.datasphere.emulator.wiring.InstanceSizes.InstanceSize;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** Shows what jobs ask for and what they get. */
@Command(
    name = "types",
    header = "List the instance types: what each asks for, and what it gets here.",
    optionListHeading = "%nOptions:%n")
final class TypesCommand extends ConfiguredCommand {
  private static final String ROW = "%-8s  %7s  %8s  %-12s  %7s  %8s  %3s%s%n";
  private static final double GIB = 1L << 30;

  TypesCommand(ProcessContext context) {
    super(context);
  }

  @Override
  public Integer call() throws Exception {
    var sizes = sizes();
    var out = context.out();
    out.printf(ROW, "", "asks", "", "", "gets", "", "", "");
    out.printf(ROW, "type", "vCPU", "RAM GiB", "GPU", "CPU", "RAM GiB", "GPU", "");
    sizes.forEach(size -> out.print(row(size)));
    return 0;
  }

  private List<InstanceSize> sizes() throws Exception {
    try {
      return InstanceSizes.of(serverConfig().jobs());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(2, e.getMessage() + "; mend instance-types.offered");
    }
  }

  private static String row(InstanceSize size) {
    var asks = size.asks();
    var note = size.offered() ? "" : "  not offered (instance-types.offered)";
    if (size.gets().isEmpty()) {
      return String.format(
          Locale.ROOT,
          ROW,
          size.name(),
          cpus(asks),
          gib(asks),
          gpus(size),
          "-",
          "-",
          "-",
          note.isEmpty() ? "  refused: larger than this machine (--fit strict)" : note);
    }
    var gets = size.gets().get();
    return String.format(
        Locale.ROOT,
        ROW,
        size.name(),
        cpus(asks),
        gib(asks),
        gpus(size),
        cpus(gets),
        gib(gets),
        gets.gpus() == 0 ? "-" : gets.gpus(),
        note);
  }

  private static String gpus(InstanceSize size) {
    var count = size.asks().gpus();
    return count == 0 ? "-" : count + " x " + size.gpuModel();
  }

  private static String cpus(Amount amount) {
    return number(amount.cpus());
  }

  private static String gib(Amount amount) {
    return number(amount.memoryBytes() / GIB);
  }

  private static String number(double value) {
    var format = value == Math.rint(value) ? "%.0f" : value < 1 ? "%.2f" : "%.1f";
    return String.format(Locale.ROOT, format, value);
  }
}
