#!/usr/bin/env bash
# io.minio:minio 9.0.4 built by Maven: the first line of its documentation does not compile ("cannot access HttpUrl").
# It depends on com.squareup.okhttp3:okhttp 5, whose classes for the JVM are in another artifact (okhttp-jvm) that only
# Gradle's module metadata lead to. Maven takes the jar named okhttp, which holds no class. Declare okhttp-jvm beside minio.
# Seen: 0 classes in okhttp-5.5.1.jar; "class file for okhttp3.HttpUrl not found".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/src/main/java"
cat >"$folder/pom.xml" <<'X'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>minio</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release></properties>
  <dependencies>
    <dependency><groupId>io.minio</groupId><artifactId>minio</artifactId><version>9.0.4</version></dependency>
  </dependencies>
</project>
X
cat >"$folder/src/main/java/Use.java" <<'X'
public class Use {
  public static void main(String[] arguments) {
    io.minio.MinioClient.builder().endpoint("http://127.0.0.1:9000").credentials("key", "secret").build();
    System.out.println("built");
  }
}
X
mvn -q -B -f "$folder/pom.xml" dependency:build-classpath -Dmdep.outputFile="$folder/classpath" >&2
okhttp=$(tr ':' '\n' <"$folder/classpath" | grep '/okhttp/5[^/]*/okhttp-5')
classes=$(python3 -m zipfile -l "$okhttp" | grep -c '\.class' || true)
javac -nowarn -d "$folder" -cp "$(cat "$folder/classpath")" "$folder/src/main/java/Use.java" 2>"$folder/javac" || true
echo "${okhttp##*/} holds $classes classes; javac: $(grep -m 1 'class file for' "$folder/javac" || echo 'compiled')"
[ "$classes" = 0 ] && grep -q 'class file for okhttp3.HttpUrl not found' "$folder/javac"
