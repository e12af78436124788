package io.github.datasphere.emulator.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the sources of the emulator say of a type, as Markdown for a page of docs/. */
final class Javadoc {
  private static final String COMMENT = "/\\*\\*((?:[^*]|\\*(?!/))*)\\*/\\s*";
  private static final Pattern FACTS = Pattern.compile("service-behaviour (\\d+\\.\\d+[^)]*)");

  private final String source;
  private final String type;

  private Javadoc(String source, String type) {
    this.source = source;
    this.type = type;
  }

  static Javadoc of(Class<?> type) throws IOException {
    var outermost = type;
    while (outermost.getEnclosingClass() != null) {
      outermost = outermost.getEnclosingClass();
    }
    var file = Page.ROOT
        .resolve("emulator/src/main/java")
        .resolve(outermost.getName().replace('.', '/') + ".java");
    return new Javadoc(Files.readString(file), type.getSimpleName());
  }

  /** Of a component of a record, if it has a {@code @param}. */
  Optional<String> component(String name) {
    return comment("(?:public |private )?record " + type + "\\b")
        .flatMap(comment -> found("@param " + name + " (.+?)(?= @(?:param|throws)|$)", comment))
        .map(Javadoc::markdown);
  }

  /** Of a constant of an enum, if it has a comment. */
  Optional<String> constant(String name) {
    return comment(name + "\\b").map(Javadoc::markdown);
  }

  private Optional<String> comment(String declaration) {
    return found(COMMENT + declaration, source)
        .map(comment ->
            comment.replaceAll("\n\\s*\\*", "\n").replaceAll("\\s+", " ").strip());
  }

  private static Optional<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).findFirst();
  }

  private static String markdown(String comment) {
    var text = Pattern.compile("\\{@link [A-Za-z]*#([A-Z]+)}")
        .matcher(comment.strip())
        .replaceAll(link -> '`' + link.group(1).toLowerCase(Locale.ROOT) + '`')
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replaceAll("\\{@link [A-Za-z]*#?(\\w+)}", "`$1`");
    return FACTS
        .matcher(text)
        .replaceAll(facts -> "service-behaviour "
            + facts.group(1).replaceAll("\\d+\\.\\d+", "[$0](service-behaviour.md#$0)"));
  }
}
