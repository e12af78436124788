package io.github.datasphere.emulator.docker.swarm;

import com.github.dockerjava.api.model.DockerObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * GPUs that a node lends out, as its engine was told of them ({@code node-generic-resources}).
 *
 * @param kind what they are called there, such as {@code NVIDIA-GPU}; empty if there are none
 */
public record NodeGpus(String kind, int count) {
  /** A node that says nothing of GPUs, whether it has any or not. */
  public static final NodeGpus NONE = new NodeGpus("", 0);

  private static final String FIELD = "GenericResources";
  private static final String NAMED = "NamedResourceSpec";
  private static final String DISCRETE = "DiscreteResourceSpec";
  private static final String KIND = "Kind";
  private static final String VALUE = "Value";

  /** Returns those of a node; of several kinds, the one with most. */
  static NodeGpus of(DockerObject node) {
    // Only the outermost object of an answer has what docker-java has no words for
    var resources = part(part(node.getRawValues(), "Description"), "Resources");
    var counts = new LinkedHashMap<String, Integer>();
    specs(resources, NAMED).forEach(spec -> counts.merge(kind(spec), 1, Integer::sum));
    specs(resources, DISCRETE)
        .forEach(spec -> counts.merge(
            kind(spec), spec.get(VALUE) instanceof Number n ? n.intValue() : 0, Integer::sum));
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).contains("gpu"))
        .max(Map.Entry.comparingByValue())
        .map(entry -> new NodeGpus(entry.getKey(), entry.getValue()))
        .orElse(NONE);
  }

  /** Returns the names of those that a task was given; empty if they have none. */
  static List<String> given(DockerObject task) {
    return specs(task.getRawValues(), NAMED)
        .map(spec -> String.valueOf(spec.get(VALUE)))
        .toList();
  }

  /** Returns the wish for some of a kind, as the API takes it. */
  static List<Map<String, Map<String, Object>>> wish(String kind, int count) {
    return List.of(Map.of(DISCRETE, Map.of(KIND, kind, VALUE, count)));
  }

  private static Map<?, ?> part(Map<?, ?> whole, String name) {
    return whole.get(name) instanceof Map<?, ?> part ? part : Map.of();
  }

  private static Stream<Map<?, ?>> specs(Map<?, ?> holder, String form) {
    return holder.get(FIELD) instanceof Collection<?> all
        ? all.stream()
            .flatMap(each ->
                each instanceof Map<?, ?> one && one.get(form) instanceof Map<?, ?> spec
                    ? Stream.<Map<?, ?>>of(spec)
                    : Stream.empty())
        : Stream.empty();
  }

  private static String kind(Map<?, ?> spec) {
    return String.valueOf(spec.get(KIND));
  }
}
