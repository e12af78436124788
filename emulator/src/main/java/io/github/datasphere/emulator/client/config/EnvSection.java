package io.github.datasphere.emulator.client.config;

import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.proto.jobs.DockerImageSpec;
import io.github.datasphere.proto.jobs.Environment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The section {@code env}: variables, image and Python environment. */
final class EnvSection {
  private EnvSection() {}

  /** Adds variables and image to the job; null without a Python environment. */
  static @Nullable PythonConfig read(JobConfigReading reading) {
    var node = reading.root().get("env");
    reading.place("env", reading.root().lineOf("env"), "env");
    var builder = Environment.newBuilder();
    PythonConfig python = null;
    if (node instanceof YamlNode.Mapping env) {
      reading.problems().warnUnknownKeys(env, "env", List.of("vars", "docker", "python"));
      env.entries()
          .keySet()
          .forEach(key -> reading.place("env." + field(key), env.lineOf(key), "env." + key));
      readVars(reading, env, builder);
      readDocker(reading, env, builder);
      python = PythonSection.read(reading, env);
    } else if (node != null
        && !(node instanceof YamlNode.Text text && text.value().isEmpty())) {
      reading
          .problems()
          .error(reading.root().lineOf("env"), "env", "should be a mapping, but is " + node.kind());
    }
    reading.job().setEnv(builder);
    return python;
  }

  private static String field(String key) {
    return switch (key) {
      case "docker" -> "docker_image_spec";
      case "python" -> "python_env";
      default -> key;
    };
  }

  private static void readVars(
      JobConfigReading reading, YamlNode.Mapping env, Environment.Builder builder) {
    var vars = env.get("vars");
    if (vars == null) {
      return;
    }
    if (vars instanceof YamlNode.Mapping mapping) {
      mapping.entries().keySet().forEach(name -> putVar(reading, mapping, name, builder));
    } else if (vars instanceof YamlNode.Sequence sequence) {
      sequence.items().forEach(item -> readVar(reading, item, builder));
    } else {
      var message = "should be a list of `- NAME: VALUE` or `- NAME`, but is " + vars.kind();
      reading.problems().error(env.lineOf("vars"), "env.vars", message);
    }
  }

  private static void putVar(
      JobConfigReading reading, YamlNode.Mapping vars, String name, Environment.Builder builder) {
    var value = reading.text(vars, "env.vars", name, "");
    reading.warnOfReference(value, vars.lineOf(name), "env.vars");
    builder.putVars(name, value);
  }

  private static void readVar(
      JobConfigReading reading, YamlNode item, Environment.Builder builder) {
    if (item instanceof YamlNode.Text name) {
      var value = reading.environment().get(name.value());
      if (value == null) {
        var message = "the variable `" + name.value()
            + "` is not set here: set it, or give a value in the file";
        reading.problems().error(item.line(), "env.vars", message);
      } else {
        builder.putVars(name.value(), value);
      }
    } else if (item instanceof YamlNode.Mapping mapping && !mapping.entries().isEmpty()) {
      var name = mapping.entries().keySet().iterator().next();
      putVar(reading, mapping, name, builder);
      if (mapping.entries().size() > 1) {
        String message =
            "only `" + name + "` is taken of an entry with several names: begin each with `-`";
        reading.problems().warn(item.line(), "env.vars", message);
      }
    } else {
      reading
          .problems()
          .error(
              item.line(),
              "env.vars",
              "an entry is " + item.kind() + ": write `- NAME: VALUE` or `- NAME`");
    }
  }

  private static void readDocker(
      JobConfigReading reading, YamlNode.Mapping env, Environment.Builder builder) {
    var docker = env.get("docker");
    int line = env.lineOf("docker");
    reading.place("env.docker_image_resource_id", line, "env.docker");
    if (docker instanceof YamlNode.Text id) {
      if (!id.value().isEmpty()) {
        builder.setDockerImageResourceId(id.value());
        warnOfName(reading, line, id.value());
      }
    } else if (docker instanceof YamlNode.Mapping image) {
      reading
          .problems()
          .warnUnknownKeys(image, "env.docker", List.of("image", "username", "password"));
      if (image.get("image") == null) {
        reading.problems().error(line, "env.docker", "needs an `image`, such as `ubuntu:22.04`");
      }
      builder.setDockerImageSpec(image(reading, image));
    } else if (docker != null) {
      reading
          .problems()
          .error(
              line,
              "env.docker",
              "should be the id of an image or a mapping, `docker: {image: ubuntu:22.04}`");
    }
  }

  /** Ids of resources have neither; the official client sends any plain text as one. */
  private static void warnOfName(JobConfigReading reading, int line, String id) {
    if (id.indexOf(':') >= 0 || id.indexOf('/') >= 0) {
      var message = "`" + id + "` as plain text is the id of an image of the project; the image"
          + " of that name is `docker: {image: \"" + id + "\"}`";
      reading.problems().warn(line, "env.docker", message);
    }
  }

  private static DockerImageSpec image(JobConfigReading reading, YamlNode.Mapping image) {
    var spec = DockerImageSpec.newBuilder()
        .setImageUrl(reading.text(image, "env.docker", "image", ""))
        .setUsername(reading.text(image, "env.docker", "username", ""));
    var password = image.get("password");
    if (password instanceof YamlNode.Mapping mapping && mapping.get("secret-id") != null) {
      spec.setPasswordDsSecretName(reading.text(mapping, "env.docker.password", "secret-id", ""));
    } else if (password != null && !password.isEmpty()) {
      var message =
          "should be `{secret-id: NAME}`, the name of a project secret; a password in plain text is refused";
      reading.problems().error(image.lineOf("password"), "env.docker.password", message);
    }
    return spec.build();
  }
}
