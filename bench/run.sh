#!/bin/sh
# Runs all three and prints one report. From the project's folder, after `mvn package -DskipTests`:
#   bench/run.sh > report.md
# With --quick it is over in about five minutes and shows only that everything works.
set -eu
cd "$(dirname "$0")/.."

# The first JDK 25 or later: JAVA_HOME, the one on the path, or where Linux puts them.
java=
for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
  if [ -x "$candidate" ]; then
    version=$("$candidate" -XshowSettings:properties -version 2>&1 \
      | sed -n 's/.*java\.specification\.version = \([0-9]*\).*/\1/p')
    if [ "${version:-0}" -ge 25 ]; then
      java=$candidate
      break
    fi
  fi
done
if [ -z "$java" ]; then
  echo "A JDK 25 is needed: set JAVA_HOME." >&2
  exit 1
fi
if [ ! -f target/shopbell.jar ]; then
  echo "target/shopbell.jar is missing: mvn package -DskipTests" >&2
  exit 1
fi

intake= reads= footprint=
if [ "${1:-}" = --quick ]; then
  intake="--mails=1000 --warmup=500 --seconds=4"
  reads="--conversations=5000 --samples=200 --seconds=1"
  footprint="--rest=3 --load=5"
fi

failed=0
echo "# Shopbell, measured $(date -u +%Y-%m-%d)"
echo
# Unquoted: each is several words, or none.
"$java" bench/Intake.java $intake || failed=1
echo
"$java" bench/Reads.java $reads || failed=1
echo
"$java" bench/Footprint.java $footprint || failed=1
exit $failed
