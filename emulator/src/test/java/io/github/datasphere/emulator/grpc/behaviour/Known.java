package io.github.datasphere.emulator.grpc.behaviour;

/** How a behaviour is known to be that of the real service. */
public enum Known {
  /** Seen on the real service, or on the vendor's own server mock. */
  REAL("seen on the service"),
  /** The official client depends on it. */
  CLIENT("client depends on it"),
  /** The official protos or documentation say so. */
  DOCS("documented"),
  /** Nobody says: the emulator's own choice. */
  CHOICE("our choice");

  private final String words;

  Known(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
