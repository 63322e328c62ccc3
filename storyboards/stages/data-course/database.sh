# Makes the course's empty database in ./data, or serves it at the port $2.
# PostgreSQL does not run as root: root appears to it as its own user then, who owns nothing else.
programs=/usr/lib/postgresql/15/bin
as_postgres=""
if [ "$(id -u)" -eq 0 ]; then
  as_postgres="unshare --user --map-user=$(id -u postgres) --map-group=$(id -g postgres)"
fi
if [ "$1" = make ]; then
  echo student >password
  $as_postgres "$programs/initdb" -D data -U student -A scram-sha-256 --pwfile=password -E UTF8 \
    --no-locale --no-sync
  rm password
  echo 'CREATE DATABASE readings' | $as_postgres "$programs/postgres" --single -D data postgres
else
  exec $as_postgres "$programs/postgres" -D data -p "$2" -c listen_addresses=127.0.0.1 \
    -c unix_socket_directories= -c fsync=off
fi
