package io.github.datasphere.emulator.store.h2.payload;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.DockerImage.Password;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import org.jspecify.annotations.Nullable;

/** Writes and reads what a client submitted. */
final class ParameterFields {
  private final PasswordSeal seal;

  ParameterFields(PasswordSeal seal) {
    this.seal = seal;
  }

  FieldWriter write(JobParameters parameters) {
    return new FieldWriter()
        .each(1, parameters.inputFiles(), FileFields::write)
        .each(2, parameters.outputFiles(), FileFields::write)
        .texts(3, parameters.s3MountIds())
        .texts(4, parameters.datasetIds())
        .text(5, parameters.cmd())
        .message(6, write(parameters.env()))
        .flag(7, parameters.attachProjectDisk())
        .texts(8, parameters.instanceTypes())
        .message(9, write(parameters.workingStorage()))
        .each(10, parameters.arguments(), ParameterFields::write)
        .each(11, parameters.outputDatasets(), FileFields::write)
        .message(12, write(parameters.gracefulShutdown()))
        .optionalText(13, parameters.sparkConnectorId());
  }

  JobParameters parameters(FieldReader from) {
    return new JobParameters(
        from.each(1, FileFields::file),
        from.each(2, FileFields::desc),
        from.texts(3),
        from.texts(4),
        from.text(5),
        from.message(6).map(this::environment).orElse(Environment.PLAIN),
        from.flag(7),
        from.texts(8),
        from.message(9).map(ParameterFields::storage).orElse(null),
        from.each(10, argument -> new Argument(argument.text(1), argument.text(2))),
        from.each(11, FileFields::datasetDesc),
        from.message(12)
            .map(how -> new GracefulShutdown(how.duration(1), how.integer(2)))
            .orElse(null),
        from.optionalText(13));
  }

  private FieldWriter write(Environment env) {
    return new FieldWriter()
        .map(1, env.vars())
        .message(2, write(env.image()))
        .message(3, write(env.python()));
  }

  private Environment environment(FieldReader from) {
    return new Environment(
        from.map(1),
        from.message(2).map(this::image).orElse(null),
        from.message(3).map(ParameterFields::python).orElse(null));
  }

  private @Nullable FieldWriter write(@Nullable DockerImage image) {
    if (image instanceof DockerImage.Registry registry) {
      return write(
          new FieldWriter().optionalText(2, registry.url()).text(3, registry.username()),
          registry.password());
    }
    return image instanceof DockerImage.Resource resource
        ? new FieldWriter().text(1, resource.id())
        : null;
  }

  private FieldWriter write(FieldWriter registry, @Nullable Password password) {
    if (password instanceof Password.Secret secret) {
      return registry.optionalText(4, secret.name());
    }
    return password instanceof Password.Plain plain
        ? registry.bytes(5, seal.seal(plain.text()))
        : registry;
  }

  private DockerImage image(FieldReader from) {
    var url = from.optionalText(2);
    return url == null
        ? new DockerImage.Resource(from.text(1))
        : new DockerImage.Registry(url, from.text(3), password(from));
  }

  private @Nullable Password password(FieldReader from) {
    var secret = from.optionalText(4);
    return secret != null
        ? new Password.Secret(secret)
        : from.bytes(5).map(bytes -> new Password.Plain(seal.open(bytes))).orElse(null);
  }

  private static @Nullable FieldWriter write(@Nullable PythonEnv python) {
    return python == null
        ? null
        : new FieldWriter()
            .text(1, python.condaYaml())
            .text(2, python.version())
            .texts(3, python.requirements())
            .each(4, python.localModules(), FileFields::write)
            .message(5, write(python.pip()));
  }

  private static PythonEnv python(FieldReader from) {
    return new PythonEnv(
        from.text(1),
        from.text(2),
        from.texts(3),
        from.each(4, FileFields::file),
        from.message(5).map(ParameterFields::pip).orElse(PipOptions.NONE));
  }

  private static FieldWriter write(PipOptions pip) {
    return new FieldWriter()
        .text(1, pip.indexUrl())
        .texts(2, pip.extraIndexUrls())
        .texts(3, pip.trustedHosts())
        .flag(4, pip.noDeps());
  }

  private static PipOptions pip(FieldReader from) {
    return new PipOptions(from.text(1), from.texts(2), from.texts(3), from.flag(4));
  }

  private static FieldWriter write(Argument argument) {
    return new FieldWriter().text(1, argument.name()).text(2, argument.value());
  }

  private static @Nullable FieldWriter write(@Nullable WorkingStorage storage) {
    return storage == null
        ? null
        : new FieldWriter().text(1, storage.type().name()).number(2, storage.sizeGb());
  }

  private static WorkingStorage storage(FieldReader from) {
    return new WorkingStorage(WorkingStorage.Type.valueOf(from.text(1)), from.number(2));
  }

  private static @Nullable FieldWriter write(@Nullable GracefulShutdown how) {
    return how == null
        ? null
        : new FieldWriter().duration(1, how.timeout()).number(2, how.signal());
  }
}
