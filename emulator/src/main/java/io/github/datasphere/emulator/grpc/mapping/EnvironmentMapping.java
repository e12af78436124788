package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.proto.jobs.DockerImageSpec;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What the command runs in. */
final class EnvironmentMapping {
  /** Stands for a password in every answer (service-behaviour 10.41). */
  static final String REDACTED = "***";

  private EnvironmentMapping() {}

  static io.github.datasphere.proto.jobs.Environment toProto(Environment env) {
    var proto = io.github.datasphere.proto.jobs.Environment.newBuilder().putAllVars(env.vars());
    if (env.image() instanceof DockerImage.Resource resource) {
      proto.setDockerImageResourceId(resource.id());
    } else if (env.image() instanceof DockerImage.Registry registry) {
      proto.setDockerImageSpec(toProto(registry));
    }
    if (env.python() != null) {
      proto.setPythonEnv(toProto(env.python()));
    }
    return proto.build();
  }

  static Environment toDomain(io.github.datasphere.proto.jobs.Environment env, Violations at) {
    return new Environment(
        env.getVarsMap(),
        image(env),
        env.hasPythonEnv() ? toDomain(env.getPythonEnv(), at.at("python_env")) : null);
  }

  private static DockerImageSpec toProto(DockerImage.Registry registry) {
    var proto =
        DockerImageSpec.newBuilder().setImageUrl(registry.url()).setUsername(registry.username());
    if (registry.password() instanceof DockerImage.Password.Secret secret) {
      proto.setPasswordDsSecretName(secret.name());
    } else if (registry.password() != null) {
      proto.setPasswordPlainText(REDACTED);
    }
    return proto.build();
  }

  private static @Nullable DockerImage image(io.github.datasphere.proto.jobs.Environment env) {
    return switch (env.getDockerImageCase()) {
      case DOCKER_IMAGE_RESOURCE_ID -> new DockerImage.Resource(env.getDockerImageResourceId());
      case DOCKER_IMAGE_SPEC ->
        new DockerImage.Registry(
            env.getDockerImageSpec().getImageUrl(),
            env.getDockerImageSpec().getUsername(),
            password(env.getDockerImageSpec()));
      case DOCKERIMAGE_NOT_SET -> null;
    };
  }

  private static DockerImage.@Nullable Password password(DockerImageSpec spec) {
    return switch (spec.getPasswordCase()) {
      case PASSWORD_PLAIN_TEXT -> new DockerImage.Password.Plain(spec.getPasswordPlainText());
      case PASSWORD_DS_SECRET_NAME ->
        new DockerImage.Password.Secret(spec.getPasswordDsSecretName());
      case PASSWORD_NOT_SET -> null;
    };
  }

  private static io.github.datasphere.proto.jobs.PythonEnv toProto(PythonEnv python) {
    var proto = io.github.datasphere.proto.jobs.PythonEnv.newBuilder()
        .setCondaYaml(python.condaYaml())
        .setPythonVersion(python.version())
        .addAllRequirements(python.requirements());
    python.localModules().forEach(module -> proto.addLocalModules(FileMapping.toProto(module)));
    if (!python.pip().equals(PipOptions.NONE)) {
      proto.setPipOptions(toProto(python.pip()));
    }
    return proto.build();
  }

  private static PythonEnv toDomain(
      io.github.datasphere.proto.jobs.PythonEnv python, Violations at) {
    var modules = new ArrayList<io.github.datasphere.emulator.job.spec.JobFile>();
    for (var module : python.getLocalModulesList()) {
      modules.add(FileMapping.toDomain(module, at.at("local_modules", modules.size())));
    }
    return new PythonEnv(
        python.getCondaYaml(),
        python.getPythonVersion(),
        python.getRequirementsList(),
        modules,
        toDomain(python.getPipOptions()));
  }

  private static io.github.datasphere.proto.jobs.PipOptions toProto(PipOptions pip) {
    return io.github.datasphere.proto.jobs.PipOptions.newBuilder()
        .setIndexUrl(pip.indexUrl())
        .addAllExtraIndexUrls(pip.extraIndexUrls())
        .addAllTrustedHosts(pip.trustedHosts())
        .setNoDeps(pip.noDeps())
        .build();
  }

  private static PipOptions toDomain(io.github.datasphere.proto.jobs.PipOptions pip) {
    return new PipOptions(
        pip.getIndexUrl(), pip.getExtraIndexUrlsList(), pip.getTrustedHostsList(), pip.getNoDeps());
  }
}
