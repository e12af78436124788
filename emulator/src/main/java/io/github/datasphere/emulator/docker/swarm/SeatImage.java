package io.github.datasphere.emulator.docker.swarm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The image of the container that holds a reservation: one program of a few instructions, which
 * waits. It needs no registry and no shell, and has the same id on each node of one architecture.
 */
final class SeatImage {
  private static final String NAME = "datasphere-emulator-seat:1";
  private static final int BLOCK = 512;
  private static final int ELF_HEAD = 64;
  private static final int ELF_PART = 56;
  private static final long BASE = 0x400000;
  private static final int AMD = 62;
  private static final int ARM = 183;

  /** Calls {@code pause} for ever. */
  private static final String AMD_CODE = "b8220000000f05ebf7";

  /** Calls {@code ppoll} of nothing for ever. */
  private static final String ARM_CODE = "000080d2010080d2020080d2030080d2280980d2010000d4faffff17";

  private final String config;
  private final byte[] layer;

  private SeatImage(String architecture, byte[] program) {
    this.layer = tar(new Entry("seat", "0000755", program));
    this.config = """
        {"architecture":"%s","os":"linux","config":{"Entrypoint":["/seat"]},\
        "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(architecture, Sha256.hex(layer));
  }

  /**
   * Returns the one for an engine's processor.
   *
   * @throws DockerEngineException if the processor is neither amd64 nor arm64
   */
  static SeatImage of(String architecture) throws DockerEngineException {
    return switch (architecture) {
      case "amd64", "x86_64" -> new SeatImage("amd64", program(AMD, AMD_CODE));
      case "arm64", "aarch64" -> new SeatImage("arm64", program(ARM, ARM_CODE));
      default ->
        throw new DockerEngineException(
            "a node has the processor " + architecture
                + ", and jobs can be placed on amd64 and arm64 only",
            0,
            null);
    };
  }

  /** Identifies the image, so that no node looks for it in a registry. */
  String id() {
    return "sha256:" + Sha256.hex(config);
  }

  /** Makes sure that an engine has it. */
  void bring(DockerEngine engine) throws DockerEngineException {
    if (!engine.tell(() -> engine.client().inspectImageCmd(id()).exec())) {
      engine.tell(() ->
          engine.client().loadImageCmd(new ByteArrayInputStream(archive())).exec());
    }
  }

  private byte[] archive() {
    var name = id().substring("sha256:".length()) + ".json";
    var manifest = "[{\"Config\":\"" + name + "\",\"RepoTags\":[\"" + NAME
        + "\"],\"Layers\":[\"layer.tar\"]}]";
    return tar(
        new Entry(name, "0000644", config.getBytes(US_ASCII)),
        new Entry("layer.tar", "0000644", layer),
        new Entry("manifest.json", "0000644", manifest.getBytes(US_ASCII)));
  }

  /** Makes an ELF file of one segment, whose first instruction is its start. */
  private static byte[] program(int machine, String hex) {
    var code = HexFormat.of().parseHex(hex);
    int size = ELF_HEAD + ELF_PART + code.length;
    var file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(HexFormat.of().parseHex("7f454c46020101000000000000000000"));
    file.putShort((short) 2).putShort((short) machine).putInt(1);
    file.putLong(BASE + ELF_HEAD + ELF_PART).putLong(ELF_HEAD).putLong(0).putInt(0);
    file.putShort((short) ELF_HEAD).putShort((short) ELF_PART).putShort((short) 1);
    file.putShort((short) ELF_HEAD).putShort((short) 0).putShort((short) 0);
    file.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE);
    file.putLong(size).putLong(size).putLong(0x1000);
    return file.put(code).array();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(String name, String mode, byte[] content) {}

  private static byte[] tar(Entry... entries) {
    var all = new ByteArrayOutputStream();
    for (var entry : entries) {
      all.writeBytes(head(entry));
      all.writeBytes(
          Arrays.copyOf(entry.content(), (entry.content().length + BLOCK - 1) / BLOCK * BLOCK));
    }
    all.writeBytes(new byte[2 * BLOCK]);
    return all.toByteArray();
  }

  private static byte[] head(Entry entry) {
    var head = ByteBuffer.allocate(BLOCK);
    head.put(0, entry.name().getBytes(US_ASCII));
    head.put(100, entry.mode().getBytes(US_ASCII));
    head.put(108, "0000000".getBytes(US_ASCII));
    head.put(116, "0000000".getBytes(US_ASCII));
    head.put(124, "%011o".formatted(entry.content().length).getBytes(US_ASCII));
    head.put(136, "00000000000".getBytes(US_ASCII));
    head.put(148, "        0".getBytes(US_ASCII));
    head.put(257, "ustar\00000".getBytes(US_ASCII));
    int sum = 0;
    for (byte each : head.array()) {
      sum += each & 0xff;
    }
    return head.put(148, "%06o\0 ".formatted(sum).getBytes(US_ASCII)).array();
  }
}
