#!/bin/bash
# Serves this checkout on the embedded database with the demo plans in it; `make run` has prepared it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT=${PORT:-8000}
python=.venv/bin/python
unset PYTHONDONTWRITEBYTECODE  # else every command compiles its libraries anew

if ! $python scripts/fri_port.py "$PORT"; then
  echo "Port $PORT er optaget. Vælg en anden: make run PORT=$((PORT + 1))" >&2
  exit 1
fi
# Collecting hashes and compresses every file; not again when none has changed.
samle_statiske_filer() {
  local nu
  nu=$(find static -type f -printf '%p %s %T@\n' | sort | cat - .venv/laas | sha256sum)
  [ -f staticfiles/staticfiles.json ] && [ "$nu" = "$(cat build/statiske-filer 2>/dev/null)" ] && return
  $python manage.py collectstatic --noinput --clear --verbosity 0
  echo "$nu" >build/statiske-filer
}

mkdir -p data
$python manage.py migrate --verbosity 0
samle_statiske_filer
$python manage.py demo
exec $python -m gunicorn --config scripts/gunicorn.conf.py helhedsplan.wsgi
