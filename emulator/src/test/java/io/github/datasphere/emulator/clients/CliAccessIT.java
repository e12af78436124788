package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official command line with good tokens, bad ones and none (service-behaviour 1.8 to 1.10).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliAccessIT {
  private static final String RULES = """
      tokens:
        accepted: [good-iam]
        oauth: [good-oauth]
        metadata: good-iam
        projects:
          bt1foreign0000000000: [owner-iam]
      """;

  private Served served;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.offline(folder, RULES);
  }

  @AfterAll
  void stop() {
    if (served != null) {
      served.close();
    }
  }

  @Test
  void theTokenThatIsSetIsAccepted(@TempDir Path home) throws Exception {
    var ended = list(OfficialCli.newest(home, served), OfficialCli.PROJECT).good();
    assertThat(ended.out()).contains("iam token from env var is not refreshable");
  }

  @Test
  void anotherTokenIsNot(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served).with("YC_IAM_TOKEN", "bad-iam");
    assertThat(list(cli, OfficialCli.PROJECT).bad().err()).contains("StatusCode.UNAUTHENTICATED");
  }

  @Test
  void aForeignProjectIsDenied(@TempDir Path home) throws Exception {
    var cli = OfficialCli.newest(home, served);
    assertThat(list(cli, "bt1foreign0000000000").bad().err())
        .contains("StatusCode.PERMISSION_DENIED");
    list(cli.with("YC_IAM_TOKEN", "owner-iam"), "bt1foreign0000000000").good();
  }

  @Test
  void anOAuthTokenIsExchanged(@TempDir Path home) throws Exception {
    var cli = withoutIamToken(home);
    cli.run("-t", "good-oauth", "project", "job", "list", "-p", OfficialCli.PROJECT)
        .good();
    list(cli.with("YC_OAUTH_TOKEN", "good-oauth"), OfficialCli.PROJECT).good();
  }

  @Test
  void aBadOAuthTokenIsRefusedInTheServicesWords(@TempDir Path home) throws Exception {
    var ended = withoutIamToken(home)
        .run("-t", "bad-oauth", "project", "job", "list", "-p", OfficialCli.PROJECT)
        .bad();
    assertThat(ended.err())
        .contains("StatusCode.UNAUTHENTICATED", "details = \"OAuth token is invalid or expired\"");
  }

  @Test
  void theMetadataServiceGivesAToken(@TempDir Path home) throws Exception {
    list(withoutIamToken(home), OfficialCli.PROJECT).good();
  }

  @Test
  void withoutAnyTokenTheClientItselfGivesUp(@TempDir Path home) throws Exception {
    var cli = withoutIamToken(home).with("YC_METADATA_ADDR", "127.0.0.1:9");
    assertThat(list(cli, OfficialCli.PROJECT).bad().err())
        .contains(
            "None of authorization methods=[OAUTH,COMPUTE_METADATA,YC_UTILITY] returned result");
  }

  /** It takes other host names, and its roots from a variable of its own (docs/clients.md 1, C). */
  @Test
  void theClientOfThePreproductionIsServedToo(@TempDir Path home) throws Exception {
    var ca = served.variables().get("DATASPHERE_EMULATOR_CA");
    var cli = OfficialCli.newest(home, served)
        .with("SERVER_ENV", "PREPROD")
        .with("ROOT_CA", ca)
        .with("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "");
    list(cli, OfficialCli.PROJECT).good();
  }

  private OfficialCli withoutIamToken(Path home) throws Exception {
    return OfficialCli.newest(home, served).with("YC_IAM_TOKEN", "");
  }

  private static Ended list(OfficialCli cli, String project) throws Exception {
    return cli.run("project", "job", "list", "-p", project);
  }
}
