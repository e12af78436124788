#!/usr/bin/env bash
# google.golang.org/grpc 1.75.0 behind an HTTP proxy: for a target without a port it asks for "CONNECT name", although
# RFC 9110 wants "name:port" there. The port 443 that it means is nowhere in the request. A proxy that insists on
# a port refuses the call, and the client says no more than that. C-core, grpc-java and grpc-js send ":443".
# Seen: "CONNECT operation.example.test HTTP/1.1".
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "${proxy:-}" 2>/dev/null || true; chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
cat >proxy.py <<'X'
import socket, sys
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
connection, _ = server.accept()
print(connection.recv(4096).split(b"\r\n")[0].decode(), flush=True)
X
cat >main.go <<'X'
package main

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func main() {
	connection, err := grpc.NewClient("operation.example.test", grpc.WithTransportCredentials(credentials.NewTLS(nil)))
	if err != nil {
		panic(err)
	}
	limited, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	grpc_health_v1.NewHealthClient(connection).Check(limited, &grpc_health_v1.HealthCheckRequest{})
}
X
go mod init findings >go.log 2>&1
go get google.golang.org/grpc@v1.75.0 >>go.log 2>&1 && go mod tidy >>go.log 2>&1 && go build -o client . >>go.log 2>&1 || { cat go.log >&2; exit 1; }
python3 proxy.py >seen &
proxy=$!
until [ -s seen ]; do sleep 0.1; done
env -u NO_PROXY -u no_proxy HTTPS_PROXY="http://127.0.0.1:$(head -n 1 seen)" timeout 30 ./client || true
request=$(sed -n 2p seen)
echo "seen: $request"
[ "$request" = "CONNECT operation.example.test HTTP/1.1" ]
