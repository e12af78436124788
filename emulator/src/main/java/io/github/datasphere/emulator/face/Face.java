package io.github.datasphere.emulator.face;

import com.google.protobuf.util.Timestamps;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.saved.SavedJobs;
import io.github.datasphere.emulator.saved.ShownLogs;
import io.github.datasphere.proto.emulator.ServerFacts;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The HTTP and JSON face: checks who asks, finds the route, and tells failures as JSON
 * (docs/http-api.md). All other paths belong to the console.
 */
public final class Face implements HttpHandler, AutoCloseable {
  /** What the paths of all routes begin with. */
  public static final String BASE = "/api/v1";

  private final FaceAccess access;
  private final Answers answers = new Answers();
  private final EventStreams streams = new EventStreams();
  private final Console console;
  private final boolean readOnly;
  private final List<FaceRoute> routes;

  /** Makes the face of one emulator. */
  public Face(FaceParts parts) {
    this.access = parts.access();
    this.console = new Console(access, parts.watch()::begin);
    this.readOnly = false;
    var changes = changes(parts.facts());
    parts.watch().listen(changes);
    this.routes = new ArrayList<>(own(parts.facts(), changes));
    routes.addAll(ServiceRoutes.all(parts, answers));
    routes.addAll(new JobRoutes(parts.engine(), parts.control(), answers).all());
    routes.addAll(new LogRoutes(ShownLogs.of(parts.engine()), streams).all());
    routes.addAll(new FileRoutes(parts.engine(), parts.control(), answers).all());
  }

  /**
   * Makes a face that shows the jobs of a file, and lets nothing be changed.
   *
   * @param access who may come in
   */
  public Face(SavedJobs saved, FaceAccess access) {
    this.access = access;
    this.console = new Console(access, () -> {});
    this.readOnly = true;
    Supplier<ServerFacts> facts = () -> ServerFacts.newBuilder()
        .setReadOnly(true)
        .setManualClock(true)
        .setNow(Timestamps.fromMillis(saved.now().toEpochMilli()))
        .build();
    this.routes = new ArrayList<>(own(facts, changes(facts)));
    routes.addAll(new SavedRoutes(saved, answers).all());
    routes.addAll(new LogRoutes(ShownLogs.of(saved), streams).all());
  }

  private JobChanges changes(Supplier<ServerFacts> facts) {
    return new JobChanges(() -> facts.get().getWorld(), streams);
  }

  private List<FaceRoute> own(Supplier<ServerFacts> facts, JobChanges changes) {
    return List.of(
        new FaceRoute(
            "GET",
            new Template("/server"),
            "What this emulator is, and where it listens.",
            List.of(),
            null,
            ServerFacts.getDescriptor(),
            request -> answers.send(request.exchange(), facts.get())),
        new FaceRoute(
            "POST",
            new Template("/links"),
            "Makes a link that lets one browser into the console, for one use.",
            List.of(),
            null,
            null,
            request -> Answers.json(request.exchange(), 200, Map.of("path", access.newLink()))),
        new FaceRoute(
            "GET",
            new Template("/openapi.json"),
            "These routes as OpenAPI 3.1.",
            List.of(),
            null,
            null,
            request -> Console.openApi(request.exchange())),
        new FaceRoute(
            "GET",
            new Template("/events"),
            "Server-sent events: `job` with the id of a job that has changed (without id: reload"
                + " all), `world` at first and after each reset or restore.",
            List.of(),
            null,
            null,
            changes::answer));
  }

  /** Returns all routes, for their documentation. */
  List<FaceRoute> routes() {
    return routes;
  }

  /** Ends all streams. */
  @Override
  public void close() {
    streams.close();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    if (path.equals(FaceAccess.LOGIN)) {
      console.login(exchange);
      return;
    }
    if (!isAllowed(exchange)) {
      if (path.startsWith(BASE + "/")) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        say(
            exchange,
            FaceProblems.of(
                Status.Code.UNAUTHENTICATED,
                "The request carries no token of this emulator: send Authorization: Bearer with"
                    + " DATASPHERE_EMULATOR_HTTP_TOKEN of `datasphere-emulator env`, or open the"
                    + " link of `datasphere-emulator console`"));
      } else {
        console.refuse(exchange);
      }
      return;
    }
    if (path.startsWith(BASE + "/")) {
      call(exchange, path.substring(BASE.length()));
    } else {
      console.handle(exchange);
    }
  }

  /**
   * A token is enough for everything. With a cookie, which browsers send by themselves, only pages
   * of ours may change something or read.
   */
  private boolean isAllowed(HttpExchange exchange) {
    if (access.hasToken(exchange)) {
      return true;
    }
    var headers = exchange.getRequestHeaders();
    var site = headers.getFirst("Sec-Fetch-Site");
    // Links to the console may stand anywhere; what it asks for is asked for by itself
    var isOurs = site == null
        || site.equals("same-origin")
        || site.equals("none")
        || !exchange.getRequestURI().getRawPath().startsWith(BASE);
    // The guard of the port has compared the origin with the host
    var isRead = Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
    return isOurs && (isRead || headers.containsKey("Origin")) && access.hasCookie(exchange);
  }

  private void call(HttpExchange exchange, String path) throws IOException {
    try {
      answer(exchange, path);
    } catch (IOException | RuntimeException | Error e) {
      if (exchange.getResponseCode() >= 0 || FaceProblems.isOfTheConnection(e)) {
        throw e;
      }
      say(exchange, FaceProblems.of(e));
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException {
    var asked = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
    var methods = new TreeSet<String>();
    for (var route : routes) {
      var values = route.path().match(path);
      if (values.isPresent() && route.method().equals(asked)) {
        route.action().answer(new Request(exchange, values.get()));
        return;
      }
      values.ifPresent(found -> methods.add(route.method()));
    }
    if (readOnly && !asked.equals("GET")) {
      throw Rejected.precondition("These jobs are out of a file: nothing can be changed."
              + " Start an emulator with `datasphere-emulator start` to run jobs")
          .asException();
    }
    if (methods.isEmpty()) {
      throw Rejected.notFound("There is no route " + path + ": docs/http-api.md and " + BASE
              + "/openapi.json list those that there are")
          .asException();
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", methods));
    Answers.json(
        exchange,
        405,
        FaceProblems.of(
                Status.Code.INVALID_ARGUMENT,
                "The method " + exchange.getRequestMethod() + " is not possible here: use "
                    + String.join(" or ", methods))
            .json());
  }

  private static void say(HttpExchange exchange, FaceProblems problem) throws IOException {
    Answers.json(exchange, problem.http(), problem.json());
  }
}
