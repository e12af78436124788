#!/usr/bin/env bash
# Docker 20.10.24 (Debian's docker.io 20.10.24+dfsg1-1+deb12u1+b6), log driver "local": of a line of more than 16 KiB, `docker
# logs` gives everything but the newline, so that the next line continues it. The driver splits such a line and marks its last
# part as a part, too. A line of 16383 bytes keeps its newline, one of 16384 has lost it. The driver json-file keeps them all.
# Who compares a log with what was read live is off by one byte for each such line.
# Seen: json-file 2 lines, local 1 line, for a line of 20000 bytes and one of a letter. Needs root, as an engine does; this one
# has a network of its own, as one without a bridge takes the bridge of another engine away.
set -euo pipefail
folder=$(mktemp -d)
engine=
finish() {
  [ -z "$engine" ] || { kill "$engine" && wait "$engine" || true; }
  rm -rf "$folder"
}
trap finish EXIT
cd "$folder"
apt-get -qq download docker.io=20.10.24+dfsg1-1+deb12u1+b6 containerd=1.6.20~ds1-1+deb12u3 \
  runc=1.1.5+ds1-1+deb12u1 busybox-static=1:1.35.0-4+deb12u1+b1 2>/dev/null
for package in *.deb; do dpkg -x "$package" root; done
mkdir -p image/bin && cp root/bin/busybox image/bin/sh
PATH=$folder/root/usr/sbin:$folder/root/usr/bin:$PATH
export DOCKER_HOST=unix://$folder/socket
unshare --net dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/pid" -H "$DOCKER_HOST" \
  --storage-driver vfs --bridge none --iptables=false >log 2>&1 &
engine=$!
for _ in $(seq 120); do docker info >/dev/null 2>&1 && break || sleep 0.5; done
tar -C image -c . | docker import - shell >/dev/null
lines() { # driver
  docker run --name "$1" --network none --log-driver "$1" shell /bin/sh -c 'printf "%20000d\nX\n" 5' >/dev/null
  docker logs "$1" | wc -l
}
file=$(lines json-file) local=$(lines local)
echo "lines with json-file: $file, with local: $local; $(docker version --format '{{.Server.Version}}')"
[ "$file" -eq 2 ] && [ "$local" -eq 1 ]
