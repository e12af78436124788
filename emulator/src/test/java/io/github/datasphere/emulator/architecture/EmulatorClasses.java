package io.github.datasphere.emulator.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The main classes of this module, imported once for all rules. */
final class EmulatorClasses {

  static final String BASE = "io.github.datasphere.emulator";

  static final JavaClasses MAIN = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages(BASE);

  private EmulatorClasses() {}

  /** The package as the table names it: without the base, empty for the root. */
  static String relative(String packageName) {
    return packageName.equals(BASE) ? "" : packageName.substring(BASE.length() + 1);
  }
}
