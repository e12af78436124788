package io.github.datasphere.emulator.engine;

import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.job.spec.JobFile;
import java.net.URI;
import java.time.Clock;

/** Signs new URLs whenever an answer needs them (service-behaviour 10.35). */
public final class Links {
  private final FileStore files;
  private final Clock clock;
  private final EngineSettings settings;

  Links(FileStore files, Clock clock, EngineSettings settings) {
    this.files = files;
    this.clock = clock;
    this.settings = settings;
  }

  /** Returns the URL at which the client may put this file. */
  public URI upload(JobId job, ProjectId project, JobFile file) {
    var expires = clock.instant().plus(settings.uploadUrlLife());
    var key = new FileKey(project, file.sha256());
    return files.presign(new FileGrant(FileGrant.Method.PUT, job, key, file.sizeBytes(), expires));
  }

  /** Returns the URL at which the client may get this file. */
  public URI download(JobId job, ProjectId project, JobFile file) {
    var expires = clock.instant().plus(settings.downloadUrlLife());
    var key = new FileKey(project, file.sha256());
    return files.presign(new FileGrant(FileGrant.Method.GET, job, key, file.sizeBytes(), expires));
  }
}
