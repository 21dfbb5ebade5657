#!/usr/bin/env bash
# Puts back what docker/backup.sh wrote, in place of what is there:
#   docker/restore.sh < rora.backup
#   docker/restore.sh servers < rora.backup
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
[ ! -t 0 ] || { echo "Say what: docker/restore.sh < rora.backup" >&2; exit 2; }

case ${1-} in
  servers)
    compose=(docker compose -f compose.servers.yaml)
    "${compose[@]}" up -d --wait postgres qdrant
    "${compose[@]}" stop web core
    # All of it or nothing.
    "${compose[@]}" exec -T postgres pg_restore -U rora -d rora --clean --if-exists --single-transaction
    # Vectors are made anew from what was restored.
    "${compose[@]}" run --rm --no-deps -T core src/cli.ts ingest atlas --rebuild </dev/null
    "${compose[@]}" up -d --wait
    ;;
  "")
    compose=(docker compose -f compose.yaml)
    "${compose[@]}" stop rora
    # Unpacked beside the old data, which goes only when all of the new is there.
    "${compose[@]}" run --rm --no-deps -T --entrypoint sh rora -c \
      'rm -rf /data/.restored && mkdir /data/.restored && tar -xz -C /data/.restored && cd /data &&
       find . -mindepth 1 -maxdepth 1 ! -name .restored -exec rm -rf {} + &&
       find .restored -mindepth 1 -maxdepth 1 -exec mv {} . \; && rmdir .restored'
    "${compose[@]}" up -d --wait rora
    ;;
  *)
    echo "Either docker/restore.sh or docker/restore.sh servers." >&2
    exit 2
    ;;
esac
