# What the scripts share; sourced by each, POSIX sh only, since nothing else is certain on a fresh machine.
set -eu
CALLED_FROM=$PWD
case "${DIANCAI_DATA:-}" in "" | /*) ;; *) DIANCAI_DATA="$PWD/$DIANCAI_DATA" ;; esac
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
DATA=${DIANCAI_DATA:-$PWD/var}
export PATH DIANCAI_DATA="$DATA" PYTHONUTF8=1 DJANGO_SETTINGS_MODULE=diancai.project.settings
STAMPS=.venv/stamps

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$@" >&2; exit 1; }

# fingerprint FILE|FOLDER...: one word that changes when a file in them, or the place of the checkout, does.
fingerprint() {
  { pwd; find "$@" -type f ! -name '*.pyc' | LC_ALL=C sort | while read -r file; do echo "$file"; cat "$file"; done; } | cksum | tr ' ' -
}
is_fresh() { [ "$(cat "$STAMPS/$1" 2>/dev/null || true)" = "$2" ]; }
stamp() { mkdir -p "$STAMPS" && printf '%s\n' "$2" >"$STAMPS/$1"; }

# need_writable PATH...: stops unless each can be written to; one that is not there yet will be made.
need_writable() {
  for path in "$@"; do
    if [ -e "$path" ] && ! [ -w "$path" ]; then stop "不可写：$path" "This cannot be written to: $path"; fi
  done
}

# The first Python of this machine that is new enough.
find_python() {
  for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v "$name"; return; fi
  done
  stop "需要 Python 3.11 或更新版本；本机为：$(python3 --version 2>&1 || true)" \
    "Python 3.11 or newer is needed; this machine has: $(python3 --version 2>&1 || true)"
}

# need_debian PACKAGE...: installs them when root on Debian, otherwise names the command and stops.
need_debian() {
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "安装系统软件包 / Installing system packages: $*"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return
  fi
  stop "缺少系统软件包。请运行下面的命令，然后重试：" "System packages are missing. Run this command, then try again:" \
    "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
}
