# Stops the database server when the program that started it is gone.
# $1 is the server's folder. Each line of standard input is the number of the server process to watch; its
# end means that the program has died, or has closed the database and has nothing to watch any more.
folder=$1
pid=
trap '' INT HUP TERM
while read -r line; do pid=$line; done
[ -n "$pid" ] || exit 0

# A number may since have been given to another process: only PostgreSQL working in our folder is ours.
ours() {
  [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = postgres ] \
    && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$folder" ] \
    && [ "$(head -n 1 "$folder/postmaster.pid" 2>/dev/null)" = "$pid" ]
}

# In the first moments of a server it is not yet recognisable.
tries=0
until ours; do
  tries=$((tries + 1))
  [ -d "/proc/$pid" ] && [ $tries -lt 50 ] || exit 0
  sleep 0.1
done

# Fast (roll back, write everything, end), then immediate (recover at the next start), then by force.
for step in INT:150 QUIT:50 KILL:50; do
  ours || exit 0
  kill -s "${step%:*}" "$pid"
  tries=0
  while ours && [ $tries -lt "${step#*:}" ]; do
    tries=$((tries + 1))
    sleep 0.1
  done
done
