package io.github.datasphere.emulator.client.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.datasphere.emulator.client.config.PythonConfig;
import io.github.datasphere.emulator.client.config.RootModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found under a Python of the test's own, whose distributions the test makes up. */
class PythonExplorerIT {
  private static final String GUARD = "\nif __name__ == '__main__':\n    pass\n";

  @TempDir
  Path folder;

  private final List<String> warnings = new ArrayList<>();
  private Path venv;
  private Path site;

  @BeforeEach
  void makePython() throws Exception {
    venv = folder.resolve("venv");
    boolean made = isMade("python3", "-m", "venv", "--without-pip", venv.toString());
    String required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    if (!Arrays.asList(required.split(",")).contains("python")) {
      assumeThat(made).as("python3 with venv is here").isTrue();
    }
    try (Stream<Path> libraries = Files.list(venv.resolve("lib"))) {
      site = libraries.findFirst().orElseThrow().resolve("site-packages");
    }
  }

  @Test
  void distributionsBecomeRequirementsWithTheirVersions() throws Exception {
    distribution("under_score", "2.0", "");
    distribution("indexed", "1.2", "");
    script("import os, json, indexed\nfrom under_score import something");

    PythonSetup found = explore("main.py");

    assertThat(found.requirements()).containsExactly("indexed==1.2", "under-score==2.0");
    assertThat(found.localModules()).isEmpty();
    assertThat(found.version()).matches("3\\.\\d+");
  }

  @Test
  void packageThatOnlyRequiresAnotherIsARequirementToo() throws Exception {
    distribution("indexed", "1.2", "");
    Path meta = Files.createDirectory(site.resolve("meta-9.dist-info"));
    Files.writeString(
        meta.resolve("METADATA"), "Name: meta\nVersion: 9\nRequires-Dist: indexed (>=1)\n");
    Files.writeString(meta.resolve("RECORD"), "meta-9.dist-info/METADATA,,\n");
    script("import indexed");

    assertThat(explore("main.py").requirements()).containsExactly("indexed==1.2", "meta==9");
  }

  @Test
  void distributionOfAFolderOfThisMachineIsSent() throws Exception {
    distribution("elsewhere", "3.0", "{\"url\": \"file://" + folder + "\", \"dir_info\": {}}");
    script("import elsewhere");

    PythonSetup found = explore("main.py");

    assertThat(found.requirements()).isEmpty();
    assertThat(found.localModules())
        .contains(site.toRealPath().resolve("elsewhere").toString());
  }

  @Test
  void distributionThatCondaBuiltInAFolderThatIsGoneIsARequirement() throws Exception {
    distribution("built", "3.0", "{\"url\": \"file:///gone/work\", \"dir_info\": {}}");
    script("import built");

    assertThat(explore("main.py").requirements()).containsExactly("built==3.0");
  }

  @Test
  void editableDistributionIsSentAsTheFolderThatItPointsTo() throws Exception {
    Path source = Files.createDirectories(folder.resolve("checkout/mine"));
    Files.writeString(source.resolve("__init__.py"), "");
    Files.writeString(site.resolve("mine.pth"), source.getParent() + "\n");
    script("import mine");

    assertThat(explore("main.py").localModules()).containsExactly(source.toString());
  }

  @Test
  void ownModulesAreFollowedAndSentByTheirTopFolder() throws Exception {
    write("pkg/__init__.py", "");
    write("pkg/deep/__init__.py", "");
    write("pkg/deep/a.py", "import beside\n\nclass A:\n    pass\n");
    write("space/b.py", "def b():\n    pass\n");
    write("beside.py", "");
    write("unused.py", "");
    script("from pkg.deep.a import A\nfrom space.b import b");

    assertThat(explore("main.py").localModules())
        .containsExactly(
            folder.resolve("beside.py").toString(),
            folder.resolve("pkg").toString(),
            folder.resolve("space").toString());
  }

  @Test
  void moduleOfAnotherFolderIsFoundBesideItsScript() throws Exception {
    write("tools/run.py", "import helper" + GUARD);
    write("tools/helper.py", "");

    assertThat(explore("tools/run.py").localModules())
        .containsExactly(folder.resolve("tools/helper.py").toString());
  }

  @Test
  void whatAScriptPrintsDoesNotDisturb() throws Exception {
    script("print('version', 'local', '\\0')\nimport sys\nprint('x', file=sys.stderr)");

    assertThat(explore("main.py").version()).startsWith("3.");
  }

  @Test
  void scriptThatCannotBeImportedIsToldWithItsTraceback() throws Exception {
    script("import no_such_module");

    assertThatThrownBy(() -> explore("main.py"))
        .isInstanceOf(PythonSetupException.class)
        .hasMessageContaining(
            "`main.py` cannot be imported: ModuleNotFoundError: No module named 'no_such_module'")
        .hasMessageContaining("main.py\", line 1")
        .hasMessageContaining("`type: manual`");
  }

  @Test
  void scriptThatExitsOnImportIsTold() throws Exception {
    script("import sys\nsys.exit(5)");

    assertThatThrownBy(() -> explore("main.py"))
        .hasMessageContaining("`main.py` ends the interpreter (5)");
  }

  @Test
  void dataclassWithPostponedAnnotationsIsDoubtful() throws Exception {
    script("from __future__ import annotations\nfrom dataclasses import dataclass\n@dataclass\n"
        + "class A:\n    x: int = 1\n");

    explore("main.py");

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the official client stops at `main.py`, which has a dataclass");
  }

  @Test
  void dataclassAloneIsFine() throws Exception {
    script("from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int = 1\n");

    explore("main.py");

    assertThat(warnings).isEmpty();
  }

  @Test
  void localModuleThatBearsTheNameOfAnInstalledOneIsDoubtful() throws Exception {
    distribution("indexed", "1.2", "");
    write("indexed.py", "X = 1\n");
    write("fine.py", "X = 1\n");
    script("import indexed, fine");

    explore("main.py");

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the official client imports " + site.resolve("indexed"))
        .contains("in place of indexed.py");
  }

  @Test
  void namesOfAnyLanguageAreFound() throws Exception {
    write("код/модуль.py", "X = 1\n");
    write("код/главный.py", "import модуль" + GUARD);

    assertThat(explore("код/главный.py").localModules())
        .containsExactly(folder.resolve("код/модуль.py").toRealPath().toString());
  }

  @Test
  void scriptThatHangsCanBeLeft() throws Exception {
    script("import time\ntime.sleep(600)");
    var explorer = new PythonExplorer(folder, environment(), warnings::add, () -> {
      throw new IllegalStateException("enough");
    });

    assertThatThrownBy(() -> explorer.explore(List.of(new RootModule("main.py", false, 1))))
        .hasMessage("enough");
  }

  @Test
  void nothingIsLeftInTheUsersFolder() throws Exception {
    write("pkg/__init__.py", "");
    script("import pkg");

    explore("main.py");

    try (Stream<Path> files = Files.walk(folder.resolve("pkg"))) {
      assertThat(files).noneMatch(file -> file.endsWith("__pycache__"));
    }
  }

  private PythonSetup explore(String script) throws Exception {
    var config =
        new PythonConfig(null, null, null, null, List.of(new RootModule(script, false, 1)), 1);
    return new PythonExplorer(folder, environment(), warnings::add, () -> {}).setup(config);
  }

  private Map<String, String> environment() {
    return Map.of("PATH", venv.resolve("bin") + ":" + System.getenv("PATH"));
  }

  private void script(String imports) throws IOException {
    write("main.py", imports + GUARD);
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void distribution(String name, String version, String directUrl) throws IOException {
    Path module = Files.createDirectory(site.resolve(name));
    Files.writeString(module.resolve("__init__.py"), "def something():\n    pass\n");
    String info = name + "-" + version + ".dist-info";
    Path folderOfInfo = Files.createDirectory(site.resolve(info));
    Files.writeString(
        folderOfInfo.resolve("METADATA"), "Name: " + name + "\nVersion: " + version + "\n");
    Files.writeString(
        folderOfInfo.resolve("RECORD"), name + "/__init__.py,,\n" + info + "/METADATA,,\n");
    if (!directUrl.isEmpty()) {
      Files.writeString(folderOfInfo.resolve("direct_url.json"), directUrl);
    }
  }

  private static boolean isMade(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
