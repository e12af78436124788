package io.github.datasphere.emulator.session;

import io.grpc.Metadata;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The metadata of a call as it stands in recordings: binary values in base64. */
public final class CallMetadata {
  private CallMetadata() {}

  public static SortedMap<String, List<String>> of(Metadata metadata) {
    var all = new TreeMap<String, List<String>>();
    for (var name : metadata.keys()) {
      var values = new ArrayList<String>();
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        var found = metadata.getAll(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
        if (found != null) {
          found.forEach(value -> values.add(Base64.getEncoder().encodeToString(value)));
        }
      } else {
        var found = metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
        if (found != null) {
          found.forEach(values::add);
        }
      }
      all.put(name, values);
    }
    return all;
  }

  /** Returns the metadata of a recording as gRPC takes it. */
  public static Metadata toGrpc(SortedMap<String, List<String>> metadata) {
    var all = new Metadata();
    metadata.forEach((name, values) -> values.forEach(value -> {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        all.put(
            Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER),
            Base64.getDecoder().decode(value));
      } else {
        all.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
      }
    }));
    return all;
  }
}
