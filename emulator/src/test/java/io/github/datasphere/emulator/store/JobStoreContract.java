package io.github.datasphere.emulator.store;

import static io.github.datasphere.emulator.job.JobStatus.CANCELLED;
import static io.github.datasphere.emulator.job.JobStatus.CREATING;
import static io.github.datasphere.emulator.job.JobStatus.ERROR;
import static io.github.datasphere.emulator.job.JobStatus.EXECUTING;
import static io.github.datasphere.emulator.job.JobStatus.PREPARING;
import static io.github.datasphere.emulator.job.JobStatus.SUCCESS;
import static io.github.datasphere.emulator.store.SampleJobs.NOON;
import static io.github.datasphere.emulator.store.SampleJobs.PROJECT;
import static io.github.datasphere.emulator.store.SampleJobs.id;
import static io.github.datasphere.emulator.store.SampleJobs.job;
import static io.github.datasphere.emulator.store.SampleJobs.key;
import static io.github.datasphere.emulator.store.SampleJobs.operation;
import static io.github.datasphere.emulator.store.SampleJobs.project;
import static io.github.datasphere.emulator.store.SampleJobs.remove;
import static io.github.datasphere.emulator.store.SampleJobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Project;
import io.github.datasphere.emulator.job.id.OperationId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.operation.Operation;
import io.github.datasphere.emulator.job.operation.OperationKind;
import io.github.datasphere.emulator.job.operation.OperationResult;
import io.github.datasphere.emulator.job.spec.FileKey;
import io.github.datasphere.emulator.logs.Needle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every job store finds and lists. */
public abstract class JobStoreContract extends JobStoreFixture {
  @Test
  void emptyStoreKnowsNothing() {
    assertThat(store.job(id(1))).isEmpty();
    assertThat(store.operation(new OperationId("no"))).isEmpty();
    assertThat(store.project(PROJECT)).isEmpty();
    assertThat(page(Set.of(), Long.MAX_VALUE, 10)).isEmpty();
    assertThat(store.listProjects("c", "", 10)).isEmpty();
    assertThat(store.isClaimed(key("a"))).isFalse();
    assertThat(store.nextDeadline()).isEmpty();
    assertThat(store.due(NOON, 10)).isEmpty();
    assertThat(store.active()).isEmpty();
  }

  @Test
  void jobIsFoundAsItWasWrittenLast() {
    store.commit(write(job(1, CREATING, "a")));
    var next = job(1, EXECUTING, "a");
    store.commit(write(next));
    assertThat(store.job(id(1))).contains(next);
  }

  @Test
  void removedJobIsGoneWithAllThatPointedToIt() {
    var job = job(PROJECT, 1, SUCCESS, NOON, "a");
    store.commit(write(job));
    store.commit(remove(job));
    assertThat(store.job(job.id())).isEmpty();
    assertThat(page(Set.of(), Long.MAX_VALUE, 10)).isEmpty();
    assertThat(store.isClaimed(key("a"))).isFalse();
    assertThat(store.nextDeadline()).isEmpty();
  }

  @Test
  void removingAnUnknownJobChangesNothing() {
    store.commit(write(job(1, SUCCESS)));
    store.commit(remove(job(2, SUCCESS)));
    assertThat(store.job(id(1))).isPresent();
  }

  @Test
  void idsMayBeAnyText() {
    var odd = "'; DROP TABLE job --\n\u0000 ключ \uD83D\uDE00 " + "x".repeat(3000);
    var operation = new Operation(
        new OperationId(odd),
        OperationKind.DELETE_ALL_DATA,
        new ProjectId(odd),
        null,
        NOON,
        odd,
        NOON,
        null,
        null);
    var job = job(new ProjectId(odd), 1, CREATING, null, odd);
    store.commit(new Changes(job, null, List.of(operation), List.of(project(odd, odd))));
    assertThat(store.job(job.id())).contains(job);
    assertThat(store.operation(new OperationId(odd))).contains(operation);
    assertThat(store.project(new ProjectId(odd))).contains(project(odd, odd));
    assertThat(store.listProjects(odd, "", 1)).containsExactly(project(odd, odd));
    assertThat(store.isClaimed(new FileKey(new ProjectId(odd), odd))).isTrue();
    assertThat(store.list(new JobQuery(new ProjectId(odd), Set.of(), Long.MAX_VALUE, 5)))
        .containsExactly(job);
  }

  @Test
  void operationOutlivesItsJob() {
    var job = job(1, SUCCESS);
    var ended = operation("op", job).ended(new OperationResult.Done(), job, NOON);
    store.commit(new Changes(job, null, List.of(ended), List.of()));
    store.commit(remove(job));
    assertThat(store.operation(new OperationId("op"))).contains(ended);
  }

  @Test
  void operationsComeInOrderOfTheirIds() {
    var job = job(1, SUCCESS);
    var operations =
        List.of(operation("op-b", job), operation("op-a", job), operation("op-c", job));
    store.commit(new Changes(job, null, operations, List.of()));
    assertThat(store.operations("", 2))
        .extracting(found -> found.id().value())
        .containsExactly("op-a", "op-b");
    assertThat(store.operations("op-b", 2))
        .extracting(found -> found.id().value())
        .containsExactly("op-c");
    assertThat(store.operations("op-c", 2)).isEmpty();
  }

  @Test
  void prunedOperationsAloneAreForgotten() {
    var job = job(1, SUCCESS);
    store.commit(
        new Changes(job, null, List.of(operation("a", job), operation("b", job)), List.of()));
    store.prune(List.of(new OperationId("a"), new OperationId("never")));
    assertThat(store.operation(new OperationId("a"))).isEmpty();
    assertThat(store.operation(new OperationId("b"))).isPresent();
    assertThat(store.job(id(1))).contains(job);
  }

  @Test
  void operationIsReplacedWhole() {
    var open = operation("op", job(1, EXECUTING));
    store.commit(Changes.of(open));
    var ended = open.ended(new OperationResult.Done(), null, NOON.plusSeconds(1));
    store.commit(Changes.of(ended));
    assertThat(store.operation(open.id())).contains(ended);
  }

  @Test
  void numbersGrow() {
    var first = store.nextSeq();
    assertThat(store.nextSeq()).isGreaterThan(first);
  }

  @Test
  void listIsNewestFirst() {
    writeAll(job(2, SUCCESS), job(1, EXECUTING), job(3, CREATING), job(10, ERROR));
    assertThat(page(Set.of(), Long.MAX_VALUE, 10)).containsExactly(10L, 3L, 2L, 1L);
  }

  @Test
  void listGoesOnBeforeTheLastOne() {
    writeAll(job(1, SUCCESS), job(2, ERROR), job(3, SUCCESS), job(4, SUCCESS));
    assertThat(page(Set.of(), Long.MAX_VALUE, 2)).containsExactly(4L, 3L);
    assertThat(page(Set.of(), 3, 2)).containsExactly(2L, 1L);
    assertThat(page(Set.of(), 1, 2)).isEmpty();
  }

  @Test
  void listTakesOnlyTheStatusesThatAreAskedFor() {
    writeAll(job(1, SUCCESS), job(2, ERROR), job(3, CANCELLED), job(4, SUCCESS), job(5, ERROR));
    assertThat(page(EnumSet.of(SUCCESS, CANCELLED), Long.MAX_VALUE, 10))
        .containsExactly(4L, 3L, 1L);
    assertThat(page(EnumSet.of(SUCCESS, CANCELLED), 4, 1)).containsExactly(3L);
    assertThat(page(EnumSet.of(EXECUTING), Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void listFollowsChangesOfStatus() {
    writeAll(job(1, EXECUTING), job(1, SUCCESS));
    assertThat(page(EnumSet.of(EXECUTING), Long.MAX_VALUE, 10)).isEmpty();
    assertThat(page(EnumSet.of(SUCCESS), Long.MAX_VALUE, 10)).containsExactly(1L);
    assertThat(page(Set.of(), Long.MAX_VALUE, 10)).containsExactly(1L);
  }

  @Test
  void listKeepsProjectsApart() {
    var other = new ProjectId("bt1project2");
    writeAll(job(1, SUCCESS), job(other, 2, SUCCESS, null), job(3, SUCCESS));
    assertThat(page(Set.of(), Long.MAX_VALUE, 10)).containsExactly(3L, 1L);
    assertThat(store.list(new JobQuery(other, Set.of(SUCCESS), Long.MAX_VALUE, 10)))
        .extracting(Job::seq)
        .containsExactly(2L);
  }

  @Test
  void latestAreTheNewestOfAllProjects() {
    var other = new ProjectId("bt1other");
    store.commit(write(job(1, SUCCESS)));
    store.commit(write(job(other, 2, ERROR, null)));
    store.commit(write(job(3, CREATING)));
    assertThat(store.latest(Long.MAX_VALUE, 2)).extracting(StoredJob::seq).containsExactly(3L, 2L);
    assertThat(store.latest(2, 2)).extracting(StoredJob::seq).containsExactly(1L);
  }

  @Test
  void aJobIsKnownToHoldATextBeforeItIsRead() {
    var job = job(1, ERROR);
    store.commit(write(job));
    var stored = store.latest(Long.MAX_VALUE, 1).get(0);
    var texts = List.of(
        job.id().value(),
        job.projectId().value(),
        job.submission().name(),
        job.submission().desc(),
        job.parameters().cmd());

    assertThat(stored.status()).isEqualTo(ERROR);
    assertThat(stored.job()).isEqualTo(job);
    assertThat(texts).allMatch(text -> stored.mayHold(Needle.of(text)::mayBeIn));
  }

  @Test
  void pagesTogetherAreTheWholeList() {
    var random = new Random(7);
    var all = new ArrayList<Job>();
    for (int seq = 1; seq <= 300; seq++) {
      all.add(job(seq, JobStatus.values()[random.nextInt(JobStatus.values().length)]));
    }
    all.forEach(job -> store.commit(write(job)));
    for (var statuses : List.of(Set.<JobStatus>of(), Set.of(SUCCESS), Set.of(ERROR, PREPARING))) {
      var expected = all.stream()
          .filter(job -> statuses.isEmpty() || statuses.contains(job.status()))
          .sorted(Comparator.comparingLong(Job::seq).reversed())
          .toList();
      assertThat(inPagesOf(7, statuses)).isEqualTo(expected);
    }
  }

  @Test
  void projectsOfACommunityComeById() {
    for (var project :
        List.of(project("b", "c1"), project("a", "c1"), project("x", "c2"), project("c", "c1"))) {
      store.commit(new Changes(null, null, List.of(), List.of(project)));
    }
    assertThat(store.listProjects("c1", "", 2))
        .extracting(Project::id)
        .containsExactly(new ProjectId("a"), new ProjectId("b"));
    assertThat(store.listProjects("c1", "b", 2))
        .extracting(Project::id)
        .containsExactly(new ProjectId("c"));
    assertThat(store.listProjects("c1", "c", 2)).isEmpty();
  }

  @Test
  void projectThatMovesIsInOneCommunity() {
    store.commit(new Changes(null, null, List.of(), List.of(project("a", "c1"))));
    store.commit(new Changes(null, null, List.of(), List.of(project("a", "c2"))));
    assertThat(store.listProjects("c1", "", 9)).isEmpty();
    assertThat(store.listProjects("c2", "", 9)).containsExactly(project("a", "c2"));
  }
}
