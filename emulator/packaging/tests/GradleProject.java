import java.io.File;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradle.api.Project;
import org.gradle.testfixtures.ProjectBuilder;

/** A user's Java project as Gradle sees it. Arguments: a folder to work in, the repository, the version. */
final class GradleProject {
  public static void main(String[] arguments) {
    try {
      tell(arguments);
      System.exit(0);
    } catch (RuntimeException e) {
      // Gradle's threads would wait for more to do
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void tell(String[] arguments) {
    var folder = new File(arguments[0], "gradle");
    var project = ProjectBuilder.builder()
        .withProjectDir(folder)
        .withGradleUserHomeDir(new File(arguments[0], "gradle-home"))
        .build();
    project.getPluginManager().apply("java-library");
    project.getRepositories().maven(repository -> repository.setUrl(URI.create(arguments[1])));
    project.getRepositories().mavenCentral();
    var ours = "io.github.datasphere:datasphere-emulator";
    var add = project.getDependencies();
    add.add("testImplementation", add.platform(ours + "-bom:" + arguments[2]));
    add.add("testImplementation", ours + "-junit");
    add.add("testImplementation", "org.junit.jupiter:junit-jupiter:5.14.4");
    add.add("testRuntimeOnly", "org.junit.platform:junit-platform-console:1.14.4");
    System.out.println("Gradle " + project.getGradle().getGradleVersion());
    System.out.println("compile=" + path(project, "testCompileClasspath"));
    System.out.println("run=" + path(project, "testRuntimeClasspath"));
  }

  private static String path(Project project, String name) {
    Set<File> files = project.getConfigurations().getByName(name).resolve();
    return files.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator));
  }
}
