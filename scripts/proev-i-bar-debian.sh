#!/bin/bash
# Proof that the two commands need nothing but Debian 12 with python3, python3-venv and make.
#
#   sudo scripts/proev-i-bar-debian.sh [run|test]      both when nothing is named
#
# Makes a bare root with debootstrap, clones the committed state of this checkout into it and runs there, as root:
#   - `make run` as a user who may install nothing: one line that says what to install, and not 0
#   - `make run`: the site is up and shows its login page; a second `make run` on the same port says so; Ctrl-C ends it
#   - `make test`
# Needs root, debootstrap, git and 4 GB. Package mirror, proxy, certificates and pip settings are the host's own.
# All is gone afterwards; mounts and processes live in a namespace that ends with the script.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "Kør som root: sudo $0" >&2; exit 1; }
if [ "${I_NAVNERUM:-}" != ja ]; then
  exec env I_NAVNERUM=ja unshare --mount --pid --fork --kill-child --mount-proc "$0" "$@"
fi
dele=("${@:-run}")
[ $# -gt 0 ] || dele=(run test)
port=${PORT:-8123}
rod=$(mktemp -d /var/tmp/bar-debian.XXXXXX)
trap 'umount -R "$rod"/{proc,dev} 2>/dev/null; rm -rf --one-file-system "$rod"' EXIT
trap 'exit 130' INT TERM

byg_rod() {
  local spejl
  spejl=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Release: bookworm' | head -n 1)
  debootstrap --variant=minbase --include=python3,python3-venv,make bookworm "$rod" "$spejl" >"$rod.log" 2>&1 ||
    { tail -n 20 "$rod.log"; exit 1; }
  rm "$rod.log"
  chmod 755 "$rod"
  mount -t proc proc "$rod/proc"
  mount --rbind /dev "$rod/dev"
  mount --make-rslave "$rod/dev"
  # A package's service is not started in a chroot: Debian's own way to say so.
  printf '#!/bin/sh\nexit 101\n' >"$rod/usr/sbin/policy-rc.d"
  chmod +x "$rod/usr/sbin/policy-rc.d"
}

# How this host reaches its package sources, whatever they are.
giv_vaertens_kilder() {
  local sti
  rm -f "$rod/etc/apt/sources.list"
  for sti in /etc/apt/{sources.list,sources.list.d,apt.conf,apt.conf.d,auth.conf,auth.conf.d,keyrings,trusted.gpg.d} \
    /usr/share/keyrings /etc/{resolv.conf,hosts,pip.conf,uv} /etc/ssl/certs /usr/local/share/ca-certificates \
    ~/.config/{pip,uv} ~/.pip ~/.netrc; do
    [ -e "$sti" ] || continue
    mkdir -p "$rod$(dirname "$sti")"
    cp -rL --remove-destination "$sti" "$rod$(dirname "$sti")/"
  done
  # Package folders on this host that its pip settings may name.
  for sti in ${PIP_FIND_LINKS:-} ${UV_FIND_LINKS:-}; do
    [ -d "$sti" ] && mkdir -p "$rod$sti" && cp -rL "$sti/." "$rod$sti/"
  done
}

# A command in the root, with nothing of the host's environment but how to reach package sources.
i_roden() {
  local miljoe
  mapfile -t miljoe < <(env | grep -iE '^(pip_|uv_|(https?|no|all|ftp)_proxy=|ssl_cert|requests_ca|curl_ca)' || true)
  env -i "${miljoe[@]}" HOME=/root TERM="${TERM:-dumb}" PORT="$port" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    chroot "$rod" bash -c "cd /srv/helhedsplan && $1"
}

trin() { printf '\n### %s  (%s s)\n' "$1" "$SECONDS"; }

proev_uden_ret() {
  trin "make run uden ret til at installere"
  cp -r "$rod/srv/helhedsplan" "$rod/var/tmp/uden-ret"
  i_roden 'chown -R nobody /var/tmp/uden-ret && cd /var/tmp/uden-ret &&
    ! setpriv --reuid=nobody --clear-groups env HOME=/tmp make run'
  rm -r "$rod/var/tmp/uden-ret"
}

proev_run() {
  trin "make run"
  set -m # a process group of its own, as in a terminal
  i_roden 'exec make run' &
  local server=$! svar=""
  set +m
  for _ in $(seq 600); do
    sleep 1
    kill -0 $server 2>/dev/null || { echo "make run sluttede før tid"; exit 1; }
    svar=$(i_roden "python3 - $port" <<'PY' 2>/dev/null || true
import re, sys, urllib.request
with urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/") as svar:
    print(svar.status, svar.url, re.search(r"<title>\s*(.*?)\s*</title>", svar.read().decode(), re.S).group(1))
PY
    )
    [ -z "$svar" ] || break
  done
  [ -n "$svar" ] || { echo "Ingen svar efter ti minutter"; exit 1; }
  trin "Forsiden svarer: $svar"
  trin "make run igen på samme port"
  i_roden '! make run'
  trin "Ctrl-C"
  kill -INT -- -$server
  wait $server || echo "make run sluttede med $?"
  ! pgrep -f 'gunicorn --config' >/dev/null && echo "Ingen processer tilbage"
  trin "make setup-run igen"
  i_roden 'time make setup-run'
}

proev_test() {
  trin "make test"
  i_roden 'make test'
  trin "make setup igen"
  i_roden 'time make setup'
}

trin "debootstrap"
byg_rod
giv_vaertens_kilder
git -c safe.directory='*' clone --quiet --no-local . "$rod/srv/helhedsplan"
chroot "$rod" dpkg-query -W | wc -l | sed 's/$/ pakker i den bare rod/'
for del in "${dele[@]}"; do
  case $del in
    run)
      proev_uden_ret
      proev_run
      ;;
    test) proev_test ;;
    *)
      echo "Ukendt del: $del" >&2
      exit 1
      ;;
  esac
done
trin "Alt er bestået"
