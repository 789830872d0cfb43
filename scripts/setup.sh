#!/bin/bash
# Prepares this checkout: Debian packages and .venv/ from the hash-locked requirements.
#
#   scripts/setup.sh drift      what `make run` needs
#   scripts/setup.sh udvikling  that, and what test, lint and bench need
#
# Nothing is done twice: packages are asked of dpkg, and .venv/laas remembers which lock was installed.
set -euo pipefail
cd "$(dirname "$0")/.."
niveau=${1:?drift eller udvikling}

# Pango and HarfBuzz draw the text of PDFs (WeasyPrint).
pakker=(libpangoft2-1.0-0 libharfbuzz-subset0)
if [ "$niveau" = udvikling ]; then
  # Browser tests (Playwright's driver needs libatomic1); tests on PostgreSQL; veraPDF (a JDK with JAXB); pdftotext and
  # pdftoppm; the lint of tracked files; a spreadsheet that reckons our workbooks (88 MB to fetch).
  pakker+=(chromium libatomic1 postgresql default-jdk-headless libjaxb-java poppler-utils git libreoffice-calc-nogui)
  # A word processor that accepts and rejects the changes that we track.
  pakker+=(libreoffice-writer-nogui)
  # A PKCS#11 module with tokens in files, for signing with a key that cannot be read out.
  pakker+=(softhsm2)
  # The cache that several machines share (CACHE_URL).
  pakker+=(redis-server)
fi

mkdir -p build
exec 9>build/setup.laas
flock 9
log=build/setup.log
: >"$log"

fejl() {
  echo "$1" >&2
  exit 1
}

# Runs a command quietly; its output goes to the log and is shown only when it fails.
stille() {
  "$@" >>"$log" 2>&1 && return
  tail -n 40 "$log" >&2
  fejl "Opsætningen mislykkedes ved: $* (hele loggen: $log)"
}

installer_pakker() {
  command -v dpkg-query >/dev/null || fejl "Opsætningen kender kun Debian. Installér det, der svarer til: ${pakker[*]}"
  local installeret mangler=() som_root=()
  installeret=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${pakker[@]}" 2>/dev/null || true)
  for pakke in "${pakker[@]}"; do
    grep -qx "installed $pakke" <<<"$installeret" || mangler+=("$pakke")
  done
  [ ${#mangler[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ]; then
    som_root=(sudo -n)
    sudo -n true 2>/dev/null || fejl "Der mangler systempakker. Kør: sudo apt-get install --no-install-recommends ${mangler[*]}"
  fi
  echo "Installerer systempakker: ${mangler[*]}"
  stille "${som_root[@]}" apt-get update -q
  stille "${som_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${mangler[@]}"
}

# "udvikling <sha256>" or "drift <sha256>" of the lock; a venv for development also serves `make run`.
laas() {
  case $1 in
    drift) echo "drift $(sha256sum <requirements.txt)" ;;
    udvikling) echo "udvikling $(sha256sum <requirements-dev.txt)" ;;
  esac
}

byg_venv() {
  local har=""
  .venv/bin/python -c "" 2>/dev/null && har=$(cat .venv/laas 2>/dev/null || true)
  [ "${har%% *}" = udvikling ] && niveau=udvikling
  [ "$har" = "$(laas "$niveau")" ] && return 0

  echo "Installerer Python-pakker i .venv"
  if ! .venv/bin/python -c "" 2>/dev/null; then
    stille "${PYTHON:-python3}" -m venv --clear .venv
  fi
  # pip checks uv against the same lock, then uv installs the rest in a few seconds.
  awk '/^[a-z]/ { uv = /^uv==/ } uv' requirements-dev.txt >build/uv.txt
  stille .venv/bin/python -m pip install --disable-pip-version-check --require-hashes --no-deps -r build/uv.txt
  local fil=requirements.txt
  [ "$niveau" = udvikling ] && fil=requirements-dev.txt
  stille .venv/bin/uv pip sync --python .venv/bin/python --require-hashes "$fil"
  laas "$niveau" >.venv/laas
}

installer_pakker
byg_venv
