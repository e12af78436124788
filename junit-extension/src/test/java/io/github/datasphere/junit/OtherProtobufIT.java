package io.github.datasphere.junit;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's project may ask for protobuf-java 4; docs/testing.md says what runs on it. */
class OtherProtobufIT {
  private static final String PROTOBUF = "4.36.2";

  @TempDir
  Path folder;

  @Test
  void ourClassesRunOnIt() throws Exception {
    OtherPlatform.passesForUsersOfProtobuf(PROTOBUF, "6.0.1", "WaysInTest|PlainTest", folder);
  }

  @Test
  void theStubsOfTheOfficialJavaClientDoToo() throws Exception {
    OtherPlatform.passesOnProtobuf(PROTOBUF, "6.0.1", "OfficialClassesTest", folder);
  }
}
