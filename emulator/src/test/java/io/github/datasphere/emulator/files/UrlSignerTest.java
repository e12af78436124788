package io.github.datasphere.emulator.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.files.FileGrant.Method;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlSignerTest {
  private static final URI BASE = URI.create("http://127.0.0.1:9099");
  private static final FileGrant GRANT = grant("bt1job00000000000000", "bt1project0000000000");

  private final UrlSigner signer = new UrlSigner(UrlSigner.newKey());

  @Test
  void aSignedUrlGivesBackWhatItGrants() {
    assertThat(signer.verify(signer.sign(BASE, GRANT))).contains(GRANT);
  }

  @Test
  void theUrlLiesAtTheBase() {
    assertThat(signer.sign(BASE, GRANT).toString()).startsWith("http://127.0.0.1:9099/upload/aaaa");
    assertThat(signer.sign(URI.create("https://files.example/"), GRANT).toString())
        .startsWith("https://files.example/upload/aaaa");
  }

  @ParameterizedTest
  @MethodSource("io.github.datasphere.emulator.files.Contents#strangeIds")
  void anyTextIsAnId(String id) {
    var grant = grant(id, id);

    assertThat(signer.verify(signer.sign(BASE, grant))).contains(grant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/upload/|/download/",
        "/upload/a|/upload/b",
        "job=bt1|job=bt2",
        "project=bt1|project=bt2",
        "size=42|size=43",
        "expires=1|expires=2",
        "&signature=|&signature=A",
        "&signature=|&unsigned=",
        "job=|jobs=",
        "size=42|size=x",
        "size=42|size=%zz",
        "expires=1|expires=99999999999999999999"
      })
  void aChangedUrlIsWorthNothing(String change) {
    var url = signer.sign(BASE, GRANT).toString();
    var changed = url.replaceFirst(change.split("\\|")[0], change.split("\\|")[1]);
    assertThat(changed).isNotEqualTo(url);

    assertThat(signer.verify(requested(changed))).isEmpty();
  }

  @Test
  void aUrlOfAnotherKeyIsWorthNothing() {
    var other = new UrlSigner(UrlSigner.newKey());

    assertThat(signer.verify(other.sign(BASE, GRANT))).isEmpty();
  }

  @Test
  void aUrlOfTheSameKeyIsGoodAfterARestart() {
    var key = UrlSigner.newKey();

    assertThat(new UrlSigner(key).verify(new UrlSigner(key).sign(BASE, GRANT))).contains(GRANT);
  }

  @Test
  void clientsMaySpellTheUrlInTheirOwnWay() {
    var grant = grant("job~1", "a-b_c");
    var url = signer.sign(BASE, grant).toString();
    var respelled = url.replace("a-b_c", "%61-b%5fc").replace("job%7E1", "job~1");
    assertThat(respelled).isNotEqualTo(url);

    assertThat(signer.verify(requested(respelled))).contains(grant);
  }

  @Test
  void fieldsCannotBeShiftedIntoEachOther() {
    var url = signer.sign(BASE, grant("ab", "c")).toString();

    assertThat(signer.verify(
            requested(url.replace("job=ab", "job=a").replace("project=c", "project=bc"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/upload/", "/upload/abc", "/other/abc?job=1", "/upload/?&&=&a"})
  void anythingElseIsWorthNothing(String url) {
    assertThat(signer.verify(requested(url))).isEmpty();
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new UrlSigner(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31 bytes; it needs 32");
  }

  @Test
  void noTwoKeysAreTheSame() {
    assertThat(UrlSigner.newKey()).isNotEqualTo(UrlSigner.newKey());
  }

  private static URI requested(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      // What no URI can say no client can ask
      return URI.create("/");
    }
  }

  private static FileGrant grant(String job, String project) {
    return new FileGrant(
        Method.PUT,
        new JobId(job),
        new FileKey(new ProjectId(project), "a".repeat(64)),
        42,
        Instant.ofEpochMilli(1_893_456_000_123L));
  }
}
