package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.runner.plan.DatasetPlan;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Turns directories that a job filled into datasets for later jobs (service-behaviour 4.21). */
final class Datasets {
  private final Path store;

  Datasets(Path store) {
    this.store = store;
  }

  /** The datasets that are there afterwards; adds to {@code errors} what could not be kept. */
  List<OutputDataset> keep(List<DatasetPlan> plans, List<FileError> errors) {
    var kept = new ArrayList<OutputDataset>();
    for (var plan : plans) {
      try {
        keep(Path.of(plan.path()), store.resolve(plan.id()));
        kept.add(new OutputDataset(plan.desc(), plan.id()));
      } catch (IOException e) {
        errors.add(new FileError.Log(
            "dataset " + plan.desc().name(),
            FileError.Type.UPLOAD_FAILED,
            "The directory " + plan.path() + " could not be kept: " + e));
      }
    }
    return kept;
  }

  /** Done once: a second collection finds it where it belongs. */
  private void keep(Path filled, Path dataset) throws IOException {
    if (Files.isDirectory(dataset)) {
      return;
    }
    Files.createDirectories(store);
    try {
      Files.move(filled, dataset, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Another file system: copied aside first, so that a dataset is there whole or not at all
      var aside = store.resolve("." + dataset.getFileName() + ".new");
      Trees.delete(aside);
      Trees.copy(filled, aside);
      Files.move(aside, dataset, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
