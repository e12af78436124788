package io.github.datasphere.emulator.fuzz;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.JobCondition;
import io.github.datasphere.proto.emulator.MoveClockRequest;
import io.github.datasphere.proto.emulator.PutFileRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import io.github.datasphere.proto.emulator.Script;
import io.github.datasphere.proto.emulator.Step;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.jobs.Argument;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.Environment;
import io.github.datasphere.proto.jobs.ExtendedWorkingStorage;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GracefulShutdownParameters;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.OutputDatasetDesc;
import io.github.datasphere.proto.jobs.PythonEnv;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlRequest;
import java.util.ArrayList;
import java.util.List;

/** Valid requests, from which odd ones are made. */
final class Seeds {
  private static final String SHA =
      "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

  private Seeds() {}

  /** Requests of the API and of the control service, each the start of many others. */
  static List<Message> of(String project, String job) {
    var seeds = new ArrayList<Message>(ofJobs(project, job));
    seeds.addAll(ofProjects());
    seeds.addAll(ofControl(project));
    return seeds;
  }

  private static List<Message> ofJobs(String project, String job) {
    return List.of(
        CreateProjectJobRequest.newBuilder()
            .setProjectId(project)
            .setName("train")
            .setDesc("a model")
            .setConfig("cmd: python train.py")
            .setDataTtl(Duration.newBuilder().setSeconds(86_400))
            .setJobParameters(parameters())
            .build(),
        CloneProjectJobRequest.newBuilder()
            .setSourceJobId(job)
            .setName("again")
            .setJobParametersOverrides(parameters())
            .build(),
        ReadProjectJobLogsRequest.newBuilder().setJobId(job).setOffset(0).build(),
        DownloadProjectJobFilesRequest.newBuilder()
            .setJobId(job)
            .addFiles(file("out.bin"))
            .build(),
        ListProjectJobRequest.newBuilder()
            .setProjectId(project)
            .setPageSize(10)
            .setFilter("status IN (\"SUCCESS\", \"ERROR\")")
            .build(),
        SetProjectJobDataTtlRequest.newBuilder()
            .setJobId(job)
            .setTtl(Duration.newBuilder().setSeconds(200_000))
            .build());
  }

  private static JobParameters parameters() {
    return JobParameters.newBuilder()
        .setCmd("python train.py ${DATA} ${TOP} > ${MODEL}")
        .addInputFiles(file("data.csv"))
        .addOutputFiles(FileDesc.newBuilder().setPath("model.bin").setVar("MODEL"))
        .addArguments(Argument.newBuilder().setName("TOP").setValue("3"))
        .addOutputDatasets(
            OutputDatasetDesc.newBuilder().setName("d").setVar("D").setSizeGb(1))
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"))
        .setExtendedWorkingStorage(ExtendedWorkingStorage.newBuilder().setSizeGb(100))
        .setGracefulShutdownParameters(GracefulShutdownParameters.newBuilder()
            .setSignal(15)
            .setTimeout(Duration.newBuilder().setSeconds(10)))
        .setEnv(Environment.newBuilder()
            .putVars("A", "b")
            .setPythonEnv(PythonEnv.newBuilder()
                .setPythonVersion("3.10")
                .addRequirements("numpy==1.26.0")
                .addLocalModules(file("module.zip"))))
        .build();
  }

  private static File file(String path) {
    return File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath(path).setVar("DATA"))
        .setSha256(SHA)
        .setSizeBytes(1)
        .build();
  }

  private static List<Message> ofProjects() {
    return List.of(
        CreateProjectRequest.newBuilder()
            .setCommunityId("bt1community")
            .setName("p")
            .build(),
        ListProjectsRequest.newBuilder()
            .setCommunityId("bt1community")
            .setPageSize(5)
            .build(),
        CreateIamTokenRequest.newBuilder()
            .setYandexPassportOauthToken("y0_token")
            .build(),
        CreateIamTokenRequest.newBuilder().setJwt("e30.e30.e30").build());
  }

  private static List<Message> ofControl(String project) {
    var script = Script.newBuilder()
        .addSteps(Step.newBuilder().setStdout("epoch 1\n"))
        .addSteps(Step.newBuilder().setAfter(Duration.newBuilder().setSeconds(5)))
        .addSteps(Step.newBuilder().setExits(3));
    return List.of(
        AddScriptsRequest.newBuilder()
            .setWhen(JobCondition.newBuilder().setName("train"))
            .addScripts(script)
            .build(),
        AddFaultRequest.newBuilder()
            .setMethod("Create")
            .setNth(2)
            .putWhenRequestHas("name", "train")
            .setFailWith(Status.newBuilder()
                .setCode(14)
                .setMessage("busy")
                .addDetails(Any.pack(FieldMask.getDefaultInstance())))
            .build(),
        PutJobRequest.newBuilder()
            .setProjectId(project)
            .setName("old")
            .setAge(Duration.newBuilder().setSeconds(3_600))
            .putOutputs("out.bin", ByteString.copyFromUtf8("weights"))
            .setRunning(script)
            .build(),
        PutFileRequest.newBuilder()
            .setProjectId(project)
            .setContent(ByteString.copyFromUtf8("a"))
            .build(),
        MoveClockRequest.newBuilder()
            .setAdvance(Duration.newBuilder().setSeconds(60))
            .build(),
        MoveClockRequest.newBuilder()
            .setAdvanceTo(Timestamp.newBuilder().setSeconds(2_000_000_000L))
            .build());
  }
}
