#!/bin/bash
# Every check runs, also after one has failed; the exit code tells whether all passed.
set -uo pipefail
cd "$(dirname "$0")/.."
unset DATABASE_URL
python=.venv/bin/python
fejlede=()

trin() {
  echo "== $1"
  "${@:2}" || fejlede+=("$1")
}

# Where packages come from is the machine's own business: no address of a registry in the tree, none at all in the
# lock files. The brackets keep the line from finding itself.
uden_adresser() {
  ! git grep -nIE 'pyp[i]\.org|pythonhoste[d]\.|npmj[s]\.(org|com)|yarnpk[g]\.com|de[b]\.debian\.org' -- . &&
    ! git grep -nI '://' -- 'requirements*.txt'
}

trin "ruff check" $python -m ruff check .
trin "ruff format" $python -m ruff format --check .
trin "djlint" $python -m djlint --quiet --lint templates
trin "mypy" $python -m mypy
trin "migrations" env DATABASE_URL=sqlite://:memory: $python manage.py makemigrations --check --dry-run
trin "registry addresses" uden_adresser

[ ${#fejlede[@]} -eq 0 ] && echo "lint: alt i orden" && exit 0
echo "lint fejlede: $(printf '%s, ' "${fejlede[@]}" | sed 's/, $//')" >&2
exit 1
