package io.github.datasphere.emulator.runner.docker.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.Trees;
import io.github.datasphere.emulator.docker.ContainerFiles;
import io.github.datasphere.emulator.runner.docker.container.ContainerPaths;
import io.github.datasphere.emulator.runner.docker.tar.DockerTar;
import io.github.datasphere.emulator.runner.docker.tar.TarContent;
import io.github.datasphere.emulator.runner.plan.JobPlan;
import io.github.datasphere.emulator.runner.run.JobFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a container, as far as they are the job's own. */
public final class DockerFiles implements JobFiles {
  private final ContainerFiles files;
  private final String container;
  private final JobPaths paths;

  public DockerFiles(ContainerFiles files, String container, JobPlan plan) {
    this.files = files;
    this.container = container;
    this.paths = new JobPaths(files, container, roots(plan));
  }

  @Override
  public Found find(String path) throws IOException {
    var found = paths.find(path);
    if (found instanceof Found.Nothing && files.stat(container, "/").isEmpty()) {
      throw new IOException("the container of the job is gone");
    }
    return found;
  }

  @Override
  public InputStream open(Found.File file) throws IOException {
    var tar = new TarArchiveInputStream(files.get(container, file.path()), UTF_8.name());
    if (tar.getNextEntry() == null) {
      tar.close();
      throw new IOException("the engine sends an empty archive");
    }
    return tar;
  }

  @Override
  public Entries entries(Found.Directory directory, String root, long limitBytes)
      throws IOException {
    return new ContainerDirectory(files, container, paths, limitBytes).from(directory.path(), root);
  }

  @Override
  public void keep(String directory, Path target, long limitBytes) throws IOException {
    Trees.makeAside(target, aside -> {
      Files.createDirectory(aside);
      try (var tar = new DockerTar(files.get(container, directory))) {
        TarContent.unpack(tar, aside, limitBytes);
      }
    });
  }

  /** Includes mounted folders, since outputs may lie in them. */
  private static List<String> roots(JobPlan plan) {
    var roots = new ArrayList<String>();
    roots.add(ContainerPaths.LAYOUT.root());
    plan.mounts().forEach(mount -> roots.add(mount.path()));
    return roots;
  }
}
