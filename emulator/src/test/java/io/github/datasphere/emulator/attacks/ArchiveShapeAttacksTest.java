package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.archive.ZipContent;
import io.github.datasphere.emulator.runner.plan.Placement;
import io.github.datasphere.emulator.runner.plan.PreparationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Archives whose parts contradict each other, which no program packs. Each is refused in words, or
 * gives files within the directory and the limit, none of which is a link.
 */
class ArchiveShapeAttacksTest {
  private static final long LIMIT = 100_000;
  private static final String READ = "read";
  private static final String LINK = "is a link or another special file";
  private static final String NO_ZIP = "is no ZIP file";
  private static final int SYMLINK = 0xa1ff;
  private static final int END_BYTES = 22;
  private static final JobFile FILE =
      new JobFile(new FileDesc("data", ""), "ab".repeat(32), 1, Compression.ZIP);

  /** Fields of the first row of the table of contents: place and width. */
  private enum Field {
    MADE_BY(4, 2),
    FLAGS(8, 2),
    METHOD(10, 2),
    CRC(16, 4),
    PACKED(20, 4),
    SIZE(24, 4),
    NAME_LENGTH(28, 2),
    EXTRA_LENGTH(30, 2),
    COMMENT_LENGTH(32, 2),
    DISK(34, 2),
    PLACE(42, 4);

    private final int at;
    private final int width;

    Field(int at, int width) {
      this.at = at;
      this.width = width;
    }
  }

  @TempDir
  Path folder;

  /** One archive, and what has to become of it: one of these is in the words. */
  record Shape(String name, byte[] bytes, String... ends) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Shape> shapes() {
    return Stream.of(tables(), fields(), sizes(), names(), pieces()).flatMap(some -> some);
  }

  /** More than one place could be the table of contents. */
  private static Stream<Shape> tables() {
    var link = new OddZip().special("odd", "/etc/passwd", SYMLINK).bytes();
    var plain = new OddZip().file("a", "1").bytes();
    return Stream.of(
        new Shape("a link behind a byte before the archive", joined(new byte[1], link), LINK),
        new Shape("a link behind a program", joined("#!/bin/sh\n".getBytes(UTF_8), link), LINK),
        new Shape("a link behind another archive", joined(plain, link), LINK),
        new Shape("an archive behind a link", joined(link, plain), READ),
        new Shape("a link and bytes after the archive", joined(link, new byte[100]), LINK, NO_ZIP),
        new Shape(
            "a link and a comment that looks like an empty table",
            commented(link, new OddZip().bytes()),
            READ),
        new Shape(
            "a link and a comment that looks like another table",
            commented(link, Arrays.copyOfRange(plain, 32, plain.length)),
            "is damaged"),
        new Shape("a link and a long comment", commented(link, new byte[0xffff]), LINK),
        new Shape("a table that is told to begin elsewhere", end(link, 16, 4, 3), LINK, NO_ZIP),
        new Shape("a table that is told to begin beyond", end(link, 16, 4, 9_999), LINK, NO_ZIP),
        new Shape("a table that is told to be empty", end(link, 12, 4, 0), READ, NO_ZIP),
        new Shape("a table that is told to be longer", end(link, 12, 4, 999), NO_ZIP),
        new Shape("a table that is told to have no entry", end(link, 10, 2, 0), LINK, NO_ZIP),
        new Shape("a table that is told to have more entries", end(link, 10, 2, 9), LINK, NO_ZIP),
        new Shape("a table on another disk", end(link, 6, 2, 3), LINK, NO_ZIP),
        new Shape(
            "a table whose place is in a part that is not there",
            end(link, 16, 4, -1),
            LINK,
            NO_ZIP,
            "not where it should be"),
        new Shape(
            "a table whose length is in a part that is not there",
            end(link, 12, 4, -1),
            LINK,
            NO_ZIP,
            "not where it should be"));
  }

  private static Stream<Shape> fields() {
    return Stream.of(
        row(Field.FLAGS, 1, NO_ZIP),
        row(Field.FLAGS, 0x2041, NO_ZIP),
        row(Field.METHOD, 99, NO_ZIP, "method"),
        row(Field.METHOD, 12, NO_ZIP, "method"),
        row(Field.METHOD, 8, READ, "invalid", "larger"),
        row(Field.CRC, 7, READ, "CRC"),
        row(Field.NAME_LENGTH, 0, NO_ZIP, READ, "two ways"),
        row(Field.NAME_LENGTH, 2, NO_ZIP, "two ways"),
        row(Field.NAME_LENGTH, 0xffff, NO_ZIP, "refused"),
        row(Field.EXTRA_LENGTH, 3, NO_ZIP, "two ways"),
        row(Field.EXTRA_LENGTH, 0xffff, NO_ZIP, "two ways"),
        row(Field.COMMENT_LENGTH, 30, NO_ZIP, "two ways"),
        row(Field.COMMENT_LENGTH, 0xffff, NO_ZIP, "two ways"),
        row(Field.DISK, 7, READ, NO_ZIP),
        row(Field.PLACE, 1, "is damaged", NO_ZIP),
        row(Field.PLACE, 0x7fffffff, "is damaged", NO_ZIP),
        row(Field.PLACE, -1, "is damaged", NO_ZIP));
  }

  private static Stream<Shape> sizes() {
    return Stream.of(
        row(Field.PACKED, 1_000_000, READ, NO_ZIP, "invalid", "unexpected", "larger"),
        row(Field.PACKED, -1, READ, NO_ZIP, "invalid", "unexpected", "larger"),
        row(Field.PACKED, 0, READ, NO_ZIP, "invalid"),
        row(Field.SIZE, 1_000_000, "working-storage", NO_ZIP),
        row(Field.SIZE, -1, "working-storage", NO_ZIP),
        row(Field.SIZE, 0, "larger", NO_ZIP, READ),
        new Shape("one file that is packed well", packed(1_000_000), "working-storage"),
        new Shape("a size of 64 bits below zero", large(-5), NO_ZIP, "size"),
        new Shape("a size of 64 bits beyond all", large(Long.MAX_VALUE), NO_ZIP, "working-storage"),
        new Shape("two rows for one place", overlapping(2), READ),
        new Shape("200 rows for one place", overlapping(200), "working-storage"),
        new Shape(
            "an archive in an archive",
            new OddZip()
                .file("in.zip", new String(new OddZip().file("../x", "1").bytes(), UTF_8))
                .bytes(),
            READ));
  }

  private static Stream<Shape> names() {
    var deep = String.join("/", IntStream.range(0, 2_000).mapToObj(i -> "d").toList());
    var folders = new OddZip();
    for (int i = 0; i < 20; i++) {
      folders.file(i + "/" + deep, "");
    }
    return Stream.of(
        named("a file and a folder", READ, "file and a directory", "a", "a/"),
        named("a folder and a file", READ, "file and a directory", "a/", "a"),
        named("a file below a file", READ, "file and a directory", "a", "a/b"),
        named("a file above a file", READ, "file and a directory", "a/b", "a"),
        named("the directory itself as a file", READ, "file and a directory", "."),
        named("no name", READ, "file and a directory", ""),
        named("one letter in two ways", READ, READ, "\u00e9", "e\u0301"),
        named("upper and lower case folders", READ, READ, "A/x", "a/x"),
        named("names of devices elsewhere", READ, READ, "CON", "nul", "aux.txt", "com1"),
        named("letters that turn others round", READ, READ, "\u202efdp.exe", "a\u200bb"),
        named("line ends and bells", READ, READ, "a\nb", "a\rb", "a\tb", "\u0007"),
        named("blanks and dots at the end", READ, READ, "a ", "a.", "b/ "),
        named("longer than a path", NO_ZIP, "longer than a path", "x".repeat(4_097)),
        named("2,000 folders deep", READ, READ, deep),
        new Shape("many folders that are deep", folders.bytes(), "too many folders"),
        new Shape(
            "a name that is cut in a letter", renamed(new byte[] {'a', (byte) 0xc3}), "UTF-8"),
        new Shape(
            "dots in two bytes each",
            renamed(new byte[] {(byte) 0xc0, (byte) 0xae, '/', 'x'}),
            "UTF-8"),
        new Shape(
            "halves of a letter",
            renamed(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
            "UTF-8"));
  }

  /** Not the whole of an archive, or nothing of one. */
  private static Stream<Shape> pieces() {
    var whole = new OddZip().file("a", "x".repeat(100)).file("b", "y").bytes();
    var noise = new byte[5_000];
    new Random(12).nextBytes(noise);
    var cuts = IntStream.of(0, 1, 3, 4, 21, 22, 30, 60, 150, 200, whole.length - 1)
        .mapToObj(length ->
            new Shape("the first " + length + " bytes", Arrays.copyOf(whole, length), NO_ZIP));
    return Stream.concat(
        cuts,
        Stream.of(
            new Shape("an empty archive", new OddZip().bytes(), READ),
            new Shape("noise", noise, NO_ZIP),
            new Shape("text", "no archive at all\n".repeat(100).getBytes(UTF_8), NO_ZIP),
            new Shape(
                "only the last 30 bytes",
                Arrays.copyOfRange(whole, whole.length - 30, whole.length),
                NO_ZIP),
            new Shape("ends and ends", repeated(new OddZip().bytes(), 500), READ, NO_ZIP)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void isRefusedInWordsOrStaysWithin(Shape shape) throws IOException {
    var end = end(shape);

    assertThat(shape.ends()).as(end).anyMatch(end::contains);
  }

  private String end(Shape shape) throws IOException {
    var file = Files.write(folder.resolve("archive.zip"), shape.bytes());
    try (var zip = ZipContent.open(file, new Placement.Archive(FILE, "/job/dir", "data"), LIMIT)) {
      long read = 0;
      for (var entry : zip.entries()) {
        assertThat(folder.resolve(entry.path()).normalize()).startsWithRaw(folder);
        try (var content = zip.open(entry)) {
          read += entry.isDirectory() ? 0 : content.readAllBytes().length;
        }
      }
      assertThat(read).isLessThanOrEqualTo(LIMIT);
      return READ;
    } catch (PreparationException e) {
      assertThat(e).hasMessageContaining("The archive of data ");
      return e.getMessage();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Shape row(Field field, long value, String... ends) {
    var zip = new OddZip().file("a", "x".repeat(100)).bytes();
    int table = table(zip);
    return new Shape(field + " " + value, poke(zip, table + field.at, field.width, value), ends);
  }

  private static Shape named(String name, String first, String second, String... files) {
    var zip = new OddZip();
    for (var file : files) {
      zip.file(file, "");
    }
    return new Shape(
        name,
        zip.bytes(),
        first.equals(READ) && !second.equals(READ)
            ? new String[] {second}
            : new String[] {first, second});
  }

  /** A name of two bytes becomes these; both places have it. */
  private static byte[] renamed(byte[] name) {
    var zip = new OddZip().file("x".repeat(name.length), "1").bytes();
    System.arraycopy(name, 0, zip, 30, name.length);
    System.arraycopy(name, 0, zip, table(zip) + 46, name.length);
    return zip;
  }

  private static byte[] packed(int length) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("a"));
      zip.write(new byte[length]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  /** Tells the size in the part for large files. */
  private static byte[] large(long size) {
    var zip = new OddZip().file("a", "x".repeat(100)).bytes();
    int table = table(zip);
    var extra = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    extra.putShort((short) 1).putShort((short) 8).putLong(size);
    var fat = joined(
        Arrays.copyOf(zip, table + 47),
        extra.array(),
        Arrays.copyOfRange(zip, table + 47, zip.length));
    poke(fat, table + Field.SIZE.at, 4, -1);
    poke(fat, table + Field.EXTRA_LENGTH.at, 2, 12);
    return end(fat, 12, 4, 47 + 12);
  }

  /** Rows with names of their own that all lead to one place. */
  private static byte[] overlapping(int rows) {
    var zip = new OddZip().file("a000", "x".repeat(1_000)).bytes();
    int table = table(zip);
    var row = Arrays.copyOfRange(zip, table, zip.length - END_BYTES);
    var all = new ArrayList<byte[]>(List.of(Arrays.copyOf(zip, table)));
    for (int i = 0; i < rows; i++) {
      var next = row.clone();
      System.arraycopy("a%03d".formatted(i).getBytes(UTF_8), 0, next, 46, 4);
      all.add(next);
    }
    all.add(Arrays.copyOfRange(zip, zip.length - END_BYTES, zip.length));
    var bytes = joined(all.toArray(byte[][]::new));
    var counted = end(end(bytes, 8, 2, rows), 10, 2, rows);
    return end(counted, 12, 4, (long) rows * row.length);
  }

  private static int table(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - END_BYTES + 16);
  }

  private static byte[] end(byte[] zip, int at, int width, long value) {
    return poke(zip.clone(), zip.length - END_BYTES + at, width, value);
  }

  private static byte[] commented(byte[] zip, byte[] comment) {
    return joined(poke(zip.clone(), zip.length - 2, 2, comment.length), comment);
  }

  private static byte[] poke(byte[] bytes, int at, int width, long value) {
    for (int i = 0; i < width; i++) {
      bytes[at + i] = (byte) (value >> 8 * i);
    }
    return bytes;
  }

  private static byte[] repeated(byte[] part, int times) {
    return joined(IntStream.range(0, times).mapToObj(i -> part).toArray(byte[][]::new));
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
