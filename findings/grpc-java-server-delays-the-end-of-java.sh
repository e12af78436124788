#!/usr/bin/env bash
# io.grpc:grpc-netty-shaded 1.85.1 on Java 17 (HotSpot): a program that stops its gRPC server, waits for its end and calls
# System.exit ends 300 ms later than it could. gRPC's network threads are shared and stay for a second after the last server.
# They wait in native code (epoll), and HotSpot gives each thread there up to 300 ms before it ends, daemon or not. Give the
# server event loops of its own and shut them down, or wait 1.5 s, and the same program ends at once.
# Seen: 328 ms from exit to the end of the process (its start and the clock included); 15 ms where the threads had ended.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/src/main/java"
cat >"$folder/pom.xml" <<'X'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>grpc</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release></properties>
  <dependencies>
    <dependency><groupId>io.grpc</groupId><artifactId>grpc-netty-shaded</artifactId><version>1.85.1</version></dependency>
  </dependencies>
</project>
X
cat >"$folder/src/main/java/Use.java" <<'X'
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;

public class Use {
  public static void main(String[] arguments) throws Exception {
    var server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)).build().start();
    server.shutdown().awaitTermination();
    Thread.sleep(Long.parseLong(arguments[0]));
    System.out.println(System.currentTimeMillis());
    System.exit(0);
  }
}
X
mvn -q -B -f "$folder/pom.xml" dependency:build-classpath -Dmdep.outputFile="$folder/classpath" >&2
javac -nowarn -d "$folder" -cp "$(cat "$folder/classpath")" "$folder/src/main/java/Use.java"
# Milliseconds from the call of exit to the end of the process; the least of three runs
end_after() {
  local least=100000 exits ends
  for _ in 1 2 3; do
    exits=$(java -cp "$folder:$(cat "$folder/classpath")" Use "$1")
    ends=$(date +%s%3N)
    [ $((ends - exits)) -ge "$least" ] || least=$((ends - exits))
  done
  echo "$least"
}
at_once=$(end_after 0)
later=$(end_after 1500)
echo "from exit to the end of the process: $at_once ms; 1.5 s after the server's end: $later ms"
[ "$at_once" -ge 250 ] && [ "$later" -lt 250 ]
