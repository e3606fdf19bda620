#!/bin/sh
# Lays the built program out for a fast start: install.sh ROOT APP JDK. Called by ../../dts, which holds the build lock.
#
# APP/lib/*.jar   the jars of Quarkus' fast-jar, flat, numbered in the order of the class path: Quarkus' own class loader
#                 would keep the JVM's AOT cache from helping
# APP/*.aot       AOT caches, one for light and one for heavy commands, made by training runs of this very layout. A cache
#                 fits one JDK build and these jars with these times: it is made here and never copied on its own.
set -eu
root=$1 app=$2 jdk=$3
quarkus=$root/functions/standalone/target/quarkus-app

mkdir -p "$app/lib"
number=100
for jar in "$quarkus"/quarkus/generated-bytecode.jar "$quarkus"/quarkus/transformed-bytecode.jar "$quarkus"/app/*.jar \
    "$quarkus"/lib/boot/*.jar "$quarkus"/lib/main/*.jar; do
    if [ -f "$jar" ]; then
        cp -p "$jar" "$app/lib/$number-${jar##*/}"
        number=$((number + 1))
    fi
done
cp "$root/native/aot/logging.properties" "$app/logging.properties"

classpath=
for jar in "$app"/lib/*.jar; do classpath=$classpath${classpath:+:}$jar; done
scratch=$app/training
mkdir -p "$scratch"

train() { # train NAME LIMIT_S JVM-OPTION... -- WORD...: a failure costs speed, not the build
    name=$1 limit_s=$2
    shift 2
    "$jdk/bin/java" -XX:AOTCacheOutput="$app/$name.aot" "$@" </dev/null >"$scratch/$name.log" 2>&1 &
    pid=$!
    while kill -0 $pid 2>/dev/null && [ "$limit_s" -gt 0 ]; do
        sleep 1
        limit_s=$((limit_s - 1))
    done
    if [ "$limit_s" -eq 0 ]; then kill -9 $pid 2>/dev/null || :; fi
    wait $pid || :
    if [ -f "$app/$name.aot" ]; then return; fi
    echo "no AOT cache for $name commands, they will start slower:"
    cat "$scratch/$name.log"
}

train light 60 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -Xmx128m --enable-native-access=ALL-UNNAMED \
    -Djava.util.logging.config.file="$app/logging.properties" -Ddts.training.state="$scratch/state" \
    -cp "$classpath" io.opendts.standalone.Training light "$root/native/aot/training.yaml"
train heavy 120 -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -Ddts.training.state="$scratch/state" \
    -cp "$classpath" io.opendts.standalone.Training heavy "$root/native/aot/training.yaml"
rm -rf "$scratch"
