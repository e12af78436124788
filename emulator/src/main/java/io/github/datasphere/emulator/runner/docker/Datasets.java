package io.github.datasphere.emulator.runner.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.runner.plan.DatasetPlan;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Turns directories that a job filled into datasets for later jobs (service-behaviour 4.21). */
final class Datasets {
  private final ContainerFiles files;
  private final String container;
  private final Path store;

  /**
   * Of one container.
   *
   * @param store folder of this machine that gets a folder per dataset
   */
  Datasets(ContainerFiles files, String container, Path store) {
    this.files = files;
    this.container = container;
    this.store = store;
  }

  /** The datasets that are there afterwards; adds to {@code errors} what could not be kept. */
  List<OutputDataset> keep(List<DatasetPlan> plans, List<FileError> errors) {
    var kept = new ArrayList<OutputDataset>();
    for (var plan : plans) {
      try {
        keep(plan.path(), store.resolve(plan.id()));
        kept.add(new OutputDataset(plan.desc(), plan.id()));
      } catch (IOException e) {
        errors.add(new FileError.Log(
            "dataset " + plan.desc().name(),
            FileError.Type.UPLOAD_FAILED,
            "The directory " + plan.path() + " could not be kept: " + e.getMessage()));
      }
    }
    return kept;
  }

  /** Copied aside first, so that a dataset is there whole or not at all; done once. */
  private void keep(String filled, Path dataset) throws IOException {
    if (Files.isDirectory(dataset)) {
      return;
    }
    var aside = Files.createDirectories(store).resolve("." + dataset.getFileName() + ".new");
    delete(aside);
    Files.createDirectory(aside);
    try (var tar = new TarArchiveInputStream(files.get(container, filled), UTF_8.name())) {
      unpack(tar, aside);
    }
    Files.move(aside, dataset, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Links are made last: nothing is written through one. */
  private static void unpack(TarArchiveInputStream tar, Path root) throws IOException {
    var links = new LinkedHashMap<Path, String>();
    for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      var target = root.resolve(below(entry.getName())).normalize();
      if (!target.startsWith(root)) {
        throw new IOException("the entry " + entry.getName() + " leads out of the dataset");
      }
      if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else if (entry.isSymbolicLink()) {
        links.put(target, entry.getLinkName());
      } else if (entry.isLink()) {
        Files.copy(root.resolve(below(entry.getLinkName())).normalize(), target);
      } else if (!entry.isFIFO() && !entry.isCharacterDevice() && !entry.isBlockDevice()) {
        Files.copy(tar, target);
      }
    }
    for (var link : links.entrySet()) {
      Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
    }
  }

  /** The engine's entries begin with the name of the directory. */
  private static String below(String entry) {
    int slash = entry.indexOf('/');
    return slash < 0 ? "" : entry.substring(slash + 1);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(
          Path directory, @org.jspecify.annotations.Nullable IOException failure)
          throws IOException {
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
      }
    });
  }
}
