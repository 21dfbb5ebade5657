#!/usr/bin/env bash
# Qdrant's own engine for tests, on loopback only, in a folder of its own.
#   export "$(tests/support/qdrant.sh start)"    installs it once, starts it and prints QDRANT_URL=… on stdout
#   tests/support/qdrant.sh stop                 stops it; its data go
# The server itself comes as a container or a download only; its core comes as a Python wheel (tests/support/qdrant/engine.py).
# Set QDRANT_FOLDER to keep the folder elsewhere, QDRANT_PORT for another port.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder="${QDRANT_FOLDER:-${TMPDIR:-/tmp}/rora-qdrant}"
port="${QDRANT_PORT:-54363}"
packages=(qdrant-edge-py==0.9.0 qdrant-client==1.20.0)

install() {
  [ -f "$folder/installed" ] && return
  mkdir -p "$folder"
  if ! python3 -m pip install --quiet --only-binary=:all: --target "$folder/packages" "${packages[@]}" >&2; then
    echo "pip could not install ${packages[*]}: see the message above. Any Qdrant 1.17 or newer will do instead: set QDRANT_URL to it." >&2
    exit 1
  fi
  touch "$folder/installed"
}

stop() {
  if [ -f "$folder/pid" ]; then
    kill "$(cat "$folder/pid")" 2>/dev/null || true
    rm "$folder/pid"
  fi
  rm -rf "$folder/data"
}

start() {
  install
  stop
  PYTHONPATH="$folder/packages" nohup python3 "$here/qdrant/engine.py" "$folder/data" "$port" </dev/null >"$folder/log" 2>&1 &
  echo $! >"$folder/pid"
  for _ in $(seq 100); do
    if python3 -c "import socket; socket.create_connection(('127.0.0.1', $port)).close()" 2>/dev/null; then
      echo "QDRANT_URL=http://127.0.0.1:$port"
      return
    fi
    sleep 0.2
  done
  tail -n 20 "$folder/log" >&2
  stop
  exit 1
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
