#!/usr/bin/env bash
# Checks every query of store/sql against both schemas and renews the committed results (server/store-*/.sqlx).
# Needed only after a query or a migration changed. Wants sqlite3 and PostgreSQL's programs.
set -euo pipefail
cd "$(dirname "$0")/.."
work="${XDG_CACHE_HOME:-$HOME/.cache}/minyi/queries"
mkdir -p "$work"
exec 9>"$work/lock"
flock 9
bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
[ -n "$bin" ] || bin="$(dirname "$(command -v initdb)")"
port=54329

as_user() { # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then runuser -u nobody -- "$@"; else "$@"; fi
}

pg="$work/pg"
if [ ! -s "$pg/PG_VERSION" ]; then
  rm -rf "$pg"; mkdir -p "$pg"
  if [ "$(id -u)" = 0 ]; then pg="$(mktemp -d /tmp/minyi-queries.XXXXXX)"; chown nobody "$pg"; fi
  as_user "$bin/initdb" -D "$pg" -U minyi -A trust -E UTF8 --no-sync >/dev/null
fi
as_user "$bin/pg_ctl" -D "$pg" -w -o "-p $port -k /tmp -c listen_addresses=127.0.0.1 -c fsync=off" -l /dev/null start >/dev/null
stop() {
  as_user "$bin/pg_ctl" -D "$pg" -m immediate stop >/dev/null 2>&1 || true
  case "$pg" in /tmp/minyi-queries.*) rm -rf "$pg" ;; esac
}
trap stop EXIT
pgurl="postgres://minyi@127.0.0.1:$port/minyi"
"$bin/createdb" -h 127.0.0.1 -p $port -U minyi minyi
cat store-postgres/migrations/*.sql | "$bin/psql" -q -v ON_ERROR_STOP=1 "$pgurl" >/dev/null
rm -f "$work/check.db"
cat store-sqlite/migrations/*.sql | sqlite3 -bail "$work/check.db"

renew() { # package, database url
  local fresh="$work/$1.sqlx"
  rm -rf "$fresh"; mkdir -p "$fresh"
  touch "$1/src/lib.rs"
  SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$fresh" DATABASE_URL="$2" cargo check -q -p "$1"
  rm -rf "$1/.sqlx"; mv "$fresh" "$1/.sqlx"
}
renew store-sqlite "sqlite://$work/check.db"
renew store-postgres "$pgurl"
echo "queries: checked on both engines"
