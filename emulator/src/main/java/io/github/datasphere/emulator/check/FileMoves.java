package io.github.datasphere.emulator.check;

import io.github.datasphere.emulator.base.Sha256;
import io.github.datasphere.emulator.session.Event.Moved;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.match.ArchiveMembers;
import io.github.datasphere.emulator.session.match.Bindings;
import io.github.datasphere.emulator.session.match.Difference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipException;

/** Uploads and downloads files again. */
final class FileMoves {
  private final Recording recording;
  private final Bindings ids;

  FileMoves(Recording recording, Bindings ids) {
    this.recording = recording;
    this.ids = ids;
  }

  void repeat(Moved moved, List<Difference> differences, List<String> notes) {
    var name = (moved.isUpload() ? "put " : "get ") + moved.sha256().substring(0, 12);
    if (!ids.isBound(moved.url())) {
      notes.add("not reissuable: " + name + ", whose URL no answer of now corresponds to");
      return;
    }
    try {
      if (moved.isUpload()) {
        upload(moved, name, differences, notes);
      } else {
        download(moved, name, differences, notes);
      }
    } catch (IOException e) {
      notes.add("not reachable: " + name + ": " + e);
    }
  }

  private void upload(Moved moved, String name, List<Difference> differences, List<String> notes)
      throws IOException {
    var content = recording.file(moved.sha256());
    if (content.isEmpty()) {
      notes.add("not reissuable: " + name + ": the recording does not have its content");
      return;
    }
    try (var file = content.get()) {
      var connection = open(moved);
      connection.setRequestMethod("PUT");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(moved.bytes());
      try (var body = connection.getOutputStream()) {
        file.transferTo(body);
      }
      compare(name + " status", moved.status(), connection.getResponseCode(), differences);
      connection.disconnect();
    }
  }

  private void download(Moved moved, String name, List<Difference> differences, List<String> notes)
      throws IOException {
    var connection = open(moved);
    int status = connection.getResponseCode();
    compare(name + " status", moved.status(), status, differences);
    if (status / 100 == 2 && moved.status() / 100 == 2) {
      var digest = Sha256.begin();
      try (var body = new DigestInputStream(connection.getInputStream(), digest)) {
        // Of an archive, whose bytes depend on who packs the folder, the files count
        var announced = ids.toLive(moved.sha256());
        if (!announced.equals(moved.sha256())) {
          compareArchives(moved, name, body, differences, notes);
        }
        body.transferTo(OutputStream.nullOutputStream());
        compare(
            name + " sha256", announced, HexFormat.of().formatHex(digest.digest()), differences);
      }
    }
    connection.disconnect();
  }

  private void compareArchives(
      Moved moved, String name, InputStream now, List<Difference> differences, List<String> notes)
      throws IOException {
    var content = recording.file(moved.sha256());
    if (content.isEmpty()) {
      notes.add(name + " is an archive that cannot be compared: the recording does not have it");
      return;
    }
    try (var file = content.get()) {
      var then = ArchiveMembers.of(file);
      ArchiveMembers.of(now)
          .differenceFrom(then)
          .ifPresent(text -> differences.add(new Difference(name + " archive", "otherwise", text)));
    } catch (ZipException e) {
      differences.add(
          new Difference(name + " archive", "an archive", String.valueOf(e.getMessage())));
    }
  }

  private HttpURLConnection open(Moved moved) throws IOException {
    return (HttpURLConnection) URI.create(ids.toLive(moved.url())).toURL().openConnection();
  }

  private static void compare(String path, Object then, Object now, List<Difference> differences) {
    if (!then.equals(now)) {
      differences.add(new Difference(path, String.valueOf(then), String.valueOf(now)));
    }
  }
}
