#!/bin/bash
# Serves this checkout on the embedded database with the demo plans in it; `make run` has prepared it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PORT=${PORT:-8000}
python=.venv/bin/python

if ! $python scripts/fri_port.py "$PORT"; then
  echo "Port $PORT er optaget. Vælg en anden: make run PORT=$((PORT + 1))" >&2
  exit 1
fi
mkdir -p data
$python manage.py migrate --verbosity 0
$python manage.py collectstatic --noinput --verbosity 0
$python manage.py demo
exec $python -m gunicorn --config scripts/gunicorn.conf.py helhedsplan.wsgi
