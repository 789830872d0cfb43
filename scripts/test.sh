#!/bin/bash
# The whole suite on SQLite, then what depends on the database on a throw-away PostgreSQL; the exit code tells of both.
# Arguments go to pytest: scripts/test.sh tests/aftaler -k delmaal. ALT=1 runs everything on both.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL MEDIA_ROOT FIL_LAGER STATIC_ROOT HTTPS DEBUG
# Every process that reads a stranger's file would else compile the libraries anew, for a second each time.
unset PYTHONDONTWRITEBYTECODE
export SECRET_KEY=kun-til-test ALLOWED_HOSTS=localhost,127.0.0.1 EMAIL_URL=konsol:
# worksteal: the worker that is done first takes over half of what the other has left.
pytest=(.venv/bin/python -m pytest --numprocesses 2 --dist worksteal)

# PostgreSQL refuses to run as root, so it runs as Debian's user postgres, outside a checkout that user may not enter.
# It listens on a socket in its own folder and on no port. Who waits a minute for a lock waits for ever: an error says so.
som_postgres=()
klynge=$(mktemp -d "${TMPDIR:-/tmp}/helhedsplan-pg.XXXXXX")
if [ "$(id -u)" = 0 ]; then
  som_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres:postgres "$klynge"
fi
bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

stop_postgres() {
  trap - EXIT
  [ -f "$klynge/data/postmaster.pid" ] && i_klyngen "$bin/pg_ctl" -D "$klynge/data" -m immediate stop >/dev/null 2>&1
  rm -rf "$klynge"
}
trap stop_postgres EXIT
trap 'exit 130' INT TERM

# The folder postgres stands in must be one it may enter.
i_klyngen() {
  (cd "$klynge" && "${som_postgres[@]}" "$@")
}

start_postgres() {
  i_klyngen "$bin/initdb" -D "$klynge/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
    i_klyngen "$bin/pg_ctl" -D "$klynge/data" -w -l "$klynge/log" start \
      -o "-k $klynge -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
        -c lock_timeout=60s"
}

# What a worker says when it dies (the stacks of a test that was stuck, a fault in C) is repeated last, where it is read.
mkdir -p build
echo "SQLite"
"${pytest[@]}" "$@" 2> >(tee build/sqlite-stderr.txt >&2)
sqlite=$?

if ! start_postgres >build/postgres.log 2>&1; then
  cat build/postgres.log "$klynge/log" >&2
  echo "PostgreSQL startede ikke; prøverne er ikke kørt på den." >&2
  exit 1
fi
echo
echo "PostgreSQL"
# The databases go with the cluster: --reuse-db leaves dropping them one by one.
udvalg=(-m "not ens_overalt")
[ -n "${ALT:-}" ] && udvalg=()
DATABASE_URL="postgres://postgres@${klynge//\//%2F}/helhedsplan" "${pytest[@]}" --reuse-db "${udvalg[@]}" "$@" \
  2> >(tee build/postgresql-stderr.txt >&2)
postgresql=$?
# Nothing of what was asked for depends on the database.
[ $postgresql -eq 5 ] && [ ${#udvalg[@]} -gt 0 ] && postgresql=0

stop_postgres
for navn in sqlite postgresql; do
  [ "${!navn}" -ne 0 ] && [ -s "build/$navn-stderr.txt" ] && tail -n 120 "build/$navn-stderr.txt" >&2
done
[ $sqlite -eq 0 ] && [ $postgresql -eq 0 ]
