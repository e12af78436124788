package io.github.datasphere.emulator.cli.env;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How variables are written for the programs that read them. */
public enum VariableFormat {
  /** Lines for {@code eval} in bash, zsh and similar shells. */
  BASH {
    @Override
    String line(String name, String value) {
      return "export " + name + '=' + inShell(value);
    }
  },
  /** Lines for {@code source} in fish. */
  FISH {
    @Override
    String line(String name, String value) {
      return "set -gx " + name + " '" + value.replace("\\", "\\\\").replace("'", "\\'") + "';";
    }
  },
  /** Lines for {@code Invoke-Expression} in PowerShell. */
  POWERSHELL {
    @Override
    String line(String name, String value) {
      return "$env:" + name + " = '" + value.replace("'", "''") + "'";
    }
  },
  /** {@code NAME=value}, as CI systems and container engines take it. */
  DOTENV {
    @Override
    String line(String name, String value) {
      return name + '=' + value;
    }
  },
  JSON {
    @Override
    String line(String name, String value) {
      return "  " + inJson(name) + ": " + inJson(value);
    }

    @Override
    public String all(Map<String, String> variables) {
      return variables.entrySet().stream()
          .map(entry -> line(entry.getKey(), entry.getValue()))
          .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }
  };

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** Reads a format the way users write it, in lower case. */
  public static final class Reader implements ITypeConverter<VariableFormat> {
    @Override
    public VariableFormat convert(String text) {
      var names = new Names();
      return Arrays.stream(values())
          .filter(format -> format.name().equalsIgnoreCase(text))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(
              "expected one of " + String.join(", ", names) + ", found '" + text + "'"));
    }
  }

  /** The names of all formats, for help and shell completion. */
  public static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(Arrays.stream(values())
          .map(format -> format.name().toLowerCase(Locale.ROOT))
          .toList());
    }
  }

  /** Returns the line for one variable. */
  abstract String line(String name, String value);

  /** Returns the text for all variables, including the end of the last line. */
  public String all(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue()) + '\n')
        .collect(Collectors.joining());
  }

  private static String inShell(String value) {
    return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
  }

  private static String inJson(String text) {
    var json = new StringBuilder("\"");
    text.chars().forEach(c -> json.append(escaped((char) c)));
    return json.append('"').toString();
  }

  private static String escaped(char c) {
    if (c == '"' || c == '\\') {
      return "\\" + c;
    }
    return c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
  }
}
