package io.github.datasphere.emulator.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Job configurations for comparison with the official client, and the files that they name. */
final class Corpus {
  private static final Map<String, String> FILES = Map.ofEntries(
      Map.entry("data.txt", "some data\n"),
      Map.entry("other.bin", ""),
      Map.entry("script.sh", "#!/bin/bash\necho hello\n"),
      Map.entry("dir/a.txt", "a"),
      Map.entry("dir/sub/b.txt", "bb"),
      Map.entry("dir/sub/ünïcode.txt", "ccc"),
      Map.entry("deep/inner.py", "X = 1\n"),
      Map.entry("single.py", "import os\nY = os.sep\n"),
      Map.entry("pkg/__init__.py", ""),
      Map.entry("pkg/helper.py", "import json\nfrom single import Y\n\ndef helper():\n    pass\n"),
      Map.entry("pkg/data/words.txt", "word\n"),
      Map.entry(
          "main.py",
          "import tabulate\nfrom pkg.helper import helper\n\nif __name__ == '__main__':\n    helper()\n"),
      Map.entry("tools/beside.py", "Z = 1\n"),
      Map.entry(
          "tools/run.py",
          "from beside import Z\nimport yaml\n\nif __name__ == \"__main__\":\n    print(Z, yaml)\n"),
      Map.entry(
          "shebang.py",
          "#!/usr/bin/env python3\nimport single\n\nif __name__ == '__main__':\n    pass\n"),
      Map.entry("unguarded.py", "print('runs')\n"),
      Map.entry("broken.py", "import no_such_module\nif __name__ == '__main__':\n    pass\n"),
      Map.entry(
          "requirements.txt",
          "numpy\n\n  pandas >= 1.0, <3 \ntorch==2.0.1+cu118\nuvicorn[standard]~=0.20\nfoo (>=1.0)\nbar!=1.*\n"),
      Map.entry(
          "flags.txt", "--no-deps\n--extra-index-url https://x/simple\n--trusted-host x\na\n"),
      Map.entry("comment.txt", "numpy # the best\n"),
      Map.entry("marker.txt", "numpy; python_version < '3.9'\n"),
      Map.entry("url.txt", "numpy @ https://example.net/numpy.whl\n"),
      Map.entry("index.txt", "--index-url https://x/simple\nnumpy\n"),
      Map.entry("nonsense.txt", "num py == 1\n"));

  private Corpus() {}

  /**
   * One configuration.
   *
   * @param title what it is about, {@code by client} or {@code by service} at its end if it is bad
   */
  record Case(String title, String text) {
    String fileName() {
      return title.replace(' ', '-') + ".yaml";
    }

    @Override
    public String toString() {
      return title;
    }
  }

  static List<Case> load(String resource) {
    try (InputStream in = Corpus.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("(?m)^=== "))
          .skip(1)
          .map(part -> part.split("\n", 2))
          .map(part -> new Case(part[0].strip(), part[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void makeWorkspace(Path folder) throws IOException {
    for (var file : FILES.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.createDirectories(folder.resolve("dir/nothing"));
    Files.createSymbolicLink(folder.resolve("dir/link.txt"), Path.of("a.txt"));
    Files.createSymbolicLink(folder.resolve("dir/folder-link"), Path.of("sub"));
    for (String program : List.of("script.sh", "shebang.py")) {
      Files.setPosixFilePermissions(
          folder.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
