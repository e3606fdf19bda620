#!/bin/sh
# The first process of a function's container. A password comes by a file, so that it stands in no description of the container.
set -eu
if [ -r /run/secrets/state-password ]; then
    DTS_STATE_PASSWORD=$(cat /run/secrets/state-password)
    export DTS_STATE_PASSWORD
fi
# A container's name is unique among those of its function.
export DTS_PROCESS_ID="${DTS_PROCESS_ID:-$(hostname)}"
exec java -Xmx256m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED \
    --add-opens=java.base/java.lang=ALL-UNNAMED -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -jar /app/quarkus-run.jar
