#!/bin/sh
# Lays the built program out for a fast start: install.sh ROOT APP JDK. Called by ../../dts, which holds the build lock.
#
# APP/common/*.jar  what light commands need, their whole class path
# APP/quarkus/*.jar Quarkus and what comes with it; heavy commands have both. Flat, and not Quarkus' fast-jar as it is:
#                   that has a class loader of its own, which keeps the JVM's AOT cache from helping. The jars of generated
#                   and transformed classes must come first on the class path, hence the numbers.
# APP/*.aot       AOT caches, one for light and one for heavy commands, made by training runs of this very layout. A cache
#                 fits one JDK build and these jars with these times: it is made here and never copied on its own.
set -eu
root=$1 app=$2 jdk=$3
quarkus=$root/functions/standalone/target/quarkus-app

mkdir -p "$app/common" "$app/quarkus"
cp -p "$quarkus"/app/*.jar "$app/common/"
number=10
for jar in "$quarkus"/quarkus/generated-bytecode.jar "$quarkus"/quarkus/transformed-bytecode.jar "$quarkus"/lib/boot/*.jar \
    "$quarkus"/lib/main/*.jar; do
    case ${jar##*/} in
    generated-* | transformed-*)
        if [ -f "$jar" ]; then cp -p "$jar" "$app/quarkus/$number-${jar##*/}"; fi
        number=$((number + 1))
        ;;
    io.quarkus.* | io.smallrye.* | org.jboss.* | org.wildfly.* | org.eclipse.* | org.slf4j.* | org.jctools.* | jakarta.* | \
        io.opendts.opendts-testkit-* | org.mariadb.* | org.postgresql.*) # slf4j: the light commands' SQLite driver then logs by the JDK alone
        cp -p "$jar" "$app/quarkus/50-${jar##*/}"
        ;;
    *) cp -p "$jar" "$app/common/" ;;
    esac
done
cp "$root/native/aot/logging.properties" "$app/logging.properties"

light=
for jar in "$app"/common/*.jar; do light=$light${light:+:}$jar; done
heavy=
for jar in "$app"/quarkus/*.jar; do heavy=$heavy$jar:; done
heavy=$heavy$light

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
    -cp "$light" io.opendts.standalone.Training light "$root/native/aot/training.yaml"
train heavy 120 -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager -Ddts.training.state="$scratch/state" \
    -cp "$heavy" io.opendts.standalone.Training heavy "$root/native/aot/training.yaml"
rm -rf "$scratch"
