package io.github.datasphere.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/sdks.md and the programs of {@code samples/clients} say the same. */
class RecipeTest {
  private static final Path CLIENTS = Path.of("clients");

  @Test
  void eachProgramHasARecipe() throws IOException {
    try (Stream<Path> folders = Files.list(CLIENTS).filter(Files::isDirectory)) {
      assertThat(folders.map(folder -> folder.getFileName().toString())).allSatisfy(client -> {
        var recipe = Recipe.of(client);
        assertThat(recipe.preparation()).isNotEmpty();
        assertThat(recipe.runs()).isNotEmpty();
      });
    }
  }

  @Test
  void linksLeadToPrograms() throws IOException {
    var page = Files.readString(Recipe.PAGE);

    var links =
        Pattern.compile("\\((\\.\\./samples/clients[^)]*)\\)").matcher(page).results();

    assertThat(links.map(link -> Recipe.PAGE.resolveSibling(link.group(1))))
        .allSatisfy(file -> assertThat(file).exists());
  }

  @ParameterizedTest
  @CsvSource({
    "python, requirements.txt, yandexcloud==([\\d.]+)",
    "node, package.json, nodejs-sdk\": \"([\\d.]+)",
    "go, go.mod, go-sdk/v2 (v[\\d.]+)",
    "java, pom.xml, <artifactId>java-sdk-services</artifactId>\\s*<version>([\\d.]+)",
  })
  void versionIsTheOneThatTheProgramTakes(String client, String file, String version)
      throws IOException {
    var taken = Pattern.compile(version)
        .matcher(Files.readString(CLIENTS.resolve(client).resolve(file)));

    assertThat(taken.find()).isTrue();
    assertThat(Recipe.of(client).text().lines().findFirst().orElseThrow())
        .contains(" " + taken.group(1) + ":");
  }
}
