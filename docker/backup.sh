#!/usr/bin/env bash
# Writes what Rora keeps to standard output, never half of it unnoticed:
#   docker/backup.sh > rora.backup            of compose.yaml: the volume; Rora stands still meanwhile
#   docker/backup.sh servers > rora.backup    of compose.servers.yaml: the database, while everything runs
# docker/restore.sh reads it. docker/.env holds the secrets: keep it as well, elsewhere.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
[ ! -t 1 ] || { echo "Say where to: docker/backup.sh > rora.backup" >&2; exit 2; }

case ${1-} in
  servers)
    docker compose -f compose.servers.yaml exec -T postgres pg_dump -U rora -Fc rora
    ;;
  "")
    # Whatever happens to the backup, Rora runs again.
    trap 'docker compose -f compose.yaml start rora >&2' EXIT
    docker compose -f compose.yaml stop rora >&2
    docker compose -f compose.yaml run --rm --no-deps -T --entrypoint tar rora -cz -C /data .
    ;;
  *)
    echo "Either docker/backup.sh or docker/backup.sh servers." >&2
    exit 2
    ;;
esac
