package io.github.datasphere.emulator.documents;

import static io.github.datasphere.emulator.documents.ConfigurationKey.of;
import static io.github.datasphere.emulator.documents.ConfigurationKey.required;

import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.config.AccountConfig;
import io.github.datasphere.emulator.config.Capacity;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.ImagesConfig;
import io.github.datasphere.emulator.config.MinioConfig;
import io.github.datasphere.emulator.config.OwnInstanceType;
import io.github.datasphere.emulator.config.ProjectsConfig.KnownProject;
import io.github.datasphere.emulator.config.ResourcesConfig;
import io.github.datasphere.emulator.config.ResourcesConfig.S3Connector;
import io.github.datasphere.emulator.config.SizingConfig;
import io.github.datasphere.emulator.config.SwarmConfig;
import io.github.datasphere.emulator.config.SwarmConfig.Engine;
import io.github.datasphere.emulator.config.UrlLifetimes;
import io.github.datasphere.emulator.documents.ConfigurationKey.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The keys of the configuration file that are no options, by what they are for. */
final class ConfigurationKeys {
  /** What a user names, in each path below. */
  private static final String X = "some";

  /** Says nothing that could be left out: what it reads as shows the defaults. */
  static final String LEAST = """
      projects: {some: {}}
      s3-connectors: {some: {path: .}}
      engines: {some: {address: tcp://some}}
      instance-types: {own: {some: {cpus: 1, memory: 1g}}}
      tokens: {service-accounts: {some: {key: {file: key.pem}}}}
      """;

  private ConfigurationKeys() {}

  static List<ConfigurationKey> all() {
    var all = new ArrayList<ConfigurationKey>();
    all.addAll(project());
    all.addAll(jobs());
    all.addAll(engines());
    all.addAll(tokens());
    all.addAll(storage());
    all.addAll(urls());
    return all;
  }

  private static List<ConfigurationKey> project() {
    return List.of(
        of(
            "projects.<id>.name",
            KnownProject.class,
            "name",
            Kind.TEXT,
            c -> project(c).name()),
        of(
            "projects.<id>.community",
            KnownProject.class,
            "community",
            Kind.TEXT,
            c -> project(c).community()),
        of(
            "projects.<id>.disk",
            KnownProject.class,
            "disk",
            Kind.FOLDER,
            c -> project(c).disk()),
        of(
            "secrets",
            ResourcesConfig.class,
            "secrets",
            Kind.SECRET_MAP,
            c -> c.resources().secrets()),
        of(
            "datasets",
            ResourcesConfig.class,
            "datasets",
            Kind.FOLDERS,
            c -> c.resources().datasets()),
        required("s3-connectors.<id>.path", S3Connector.class, "path", Kind.FOLDER),
        of(
            "s3-connectors.<id>.mode",
            S3Connector.class,
            "writable",
            Kind.MODE,
            c -> connector(c).writable() ? "rw" : "ro"));
  }

  private static List<ConfigurationKey> jobs() {
    return List.of(
        of(
            "instance-types.offered",
            SizingConfig.class,
            "offered",
            Kind.TEXTS,
            c -> c.jobs().sizing().offered()),
        required("instance-types.own.<name>.cpus", OwnInstanceType.class, "cpus", Kind.NUMBER),
        required("instance-types.own.<name>.memory", OwnInstanceType.class, "memory", Kind.SIZE),
        ofType("gpus", "gpus", Kind.NUMBER, OwnInstanceType::gpus),
        ofType("gpu-model", "gpuModel", Kind.TEXT, OwnInstanceType::gpuModel),
        ofType("gpu-memory", "gpuMemory", Kind.SIZE, OwnInstanceType::gpuMemory),
        of(
            "capacity.jobs",
            Capacity.class,
            "jobs",
            Kind.NUMBER,
            c -> capacity(c).jobs()),
        of(
            "capacity.cpus",
            Capacity.class,
            "cpus",
            Kind.NUMBER,
            c -> capacity(c).cpus()),
        of(
            "capacity.memory",
            Capacity.class,
            "memory",
            Kind.SIZE,
            c -> capacity(c).memory()),
        of("capacity.full", Capacity.class, "full", Kind.FULL, c -> capacity(c).full()),
        of(
            "images",
            ImagesConfig.class,
            "byId",
            Kind.NAMES,
            c -> c.jobs().images().byId()),
        of(
            "python-images",
            ImagesConfig.class,
            "python",
            Kind.NAMES,
            c -> c.jobs().images().python()));
  }

  private static List<ConfigurationKey> engines() {
    return List.of(
        required("engines.<name>.address", Engine.class, "address", Kind.TEXT),
        of(
            "engines.<name>.certificates",
            Engine.class,
            "certificates",
            Kind.FOLDER,
            c -> c.jobs().swarm().engines().get(X).certificates()),
        of(
            "on-node-loss",
            SwarmConfig.class,
            "onNodeLoss",
            Kind.NODE_LOSS,
            c -> c.jobs().swarm().onNodeLoss()),
        of(
            "node-cache",
            SwarmConfig.class,
            "nodeCache",
            Kind.SIZE,
            c -> c.jobs().swarm().nodeCache()));
  }

  private static List<ConfigurationKey> tokens() {
    return List.of(
        of(
            "tokens.accepted",
            AccessConfig.class,
            "accepted",
            Kind.SECRETS,
            c -> c.access().accepted()),
        of(
            "tokens.oauth",
            AccessConfig.class,
            "oauth",
            Kind.SECRETS,
            c -> c.access().oauth()),
        of(
            "tokens.all",
            AccessConfig.class,
            "all",
            Kind.SECRETS,
            c -> c.access().all()),
        of(
            "tokens.projects",
            AccessConfig.class,
            "projects",
            Kind.SECRETS_MAP,
            c -> c.access().projects()),
        of(
            "tokens.metadata",
            AccessConfig.class,
            "metadata",
            Kind.SECRET,
            c -> c.access().metadata()),
        required("tokens.service-accounts.<id>.key", AccountConfig.class, "key", Kind.KEY),
        of(
            "tokens.service-accounts.<id>.projects",
            AccountConfig.class,
            "projects",
            Kind.TEXTS,
            c -> c.access().accounts().get(X).projects()));
  }

  private static List<ConfigurationKey> storage() {
    return List.of(
        ofMinio(
            "endpoint", MinioConfig.class, "endpoint", Kind.URL, c -> minio(c).endpoint()),
        ofMinio(
            "public-endpoint",
            MinioConfig.class,
            "publicEndpoint",
            Kind.URL,
            c -> minio(c).publicEndpoint()),
        ofMinio(
            "access-key",
            MinioConfig.Keys.class,
            "access",
            Kind.SECRET,
            c -> minio(c).keys()),
        ofMinio(
            "secret-key",
            MinioConfig.Keys.class,
            "secret",
            Kind.SECRET,
            c -> minio(c).keys()),
        ofMinio("bucket", MinioConfig.class, "bucket", Kind.TEXT, c -> minio(c).bucket()),
        ofMinio(
            "region",
            MinioConfig.Dialect.class,
            "region",
            Kind.TEXT,
            c -> minio(c).dialect().region()),
        ofMinio(
            "path-style",
            MinioConfig.Dialect.class,
            "pathStyle",
            Kind.FLAG,
            c -> minio(c).dialect().pathStyle()),
        ofMinio(
            "ca",
            MinioConfig.Dialect.class,
            "ca",
            Kind.FILE,
            c -> minio(c).dialect().ca()),
        ofMinio("image", MinioConfig.class, "image", Kind.TEXT, c -> minio(c).image()));
  }

  private static List<ConfigurationKey> urls() {
    return List.of(
        of(
            "url-lifetime.upload",
            UrlLifetimes.class,
            "upload",
            Kind.DURATION,
            c -> c.storage().urls().upload()),
        of(
            "url-lifetime.download",
            UrlLifetimes.class,
            "download",
            Kind.DURATION,
            c -> c.storage().urls().download()));
  }

  private static ConfigurationKey ofType(
      String key, String component, Kind kind, Function<OwnInstanceType, Object> standard) {
    return of(
        "instance-types.own.<name>." + key,
        OwnInstanceType.class,
        component,
        kind,
        c -> standard.apply(c.jobs().sizing().own().get(0)));
  }

  private static ConfigurationKey ofMinio(
      String key,
      Class<?> owner,
      String component,
      Kind kind,
      Function<EmulatorConfig, Object> standard) {
    return of("storage.minio." + key, owner, component, kind, standard);
  }

  private static KnownProject project(EmulatorConfig config) {
    return config.projects().known().get(X);
  }

  private static S3Connector connector(EmulatorConfig config) {
    return config.resources().s3Connectors().get(X);
  }

  private static Capacity capacity(EmulatorConfig config) {
    return config.jobs().sizing().capacity();
  }

  private static MinioConfig minio(EmulatorConfig config) {
    return config.storage().minio();
  }
}
