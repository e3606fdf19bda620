#!/bin/sh
# Lays the functions out for a fast start as processes of their own: install-cluster.sh ROOT CLUSTER JDK APP FUNCTION...
# Called by ../../dts, which holds the build lock and has laid out APP. What it does is told on file descriptor 3.
#
# CLUSTER/FUNCTION/lib/*.jar  the class path, flat: see install.sh. The numbers keep Quarkus' order
# CLUSTER/common/*.jar        the same files: a jar that is equal in several functions is one file with several names
# CLUSTER/FUNCTION/app.aot    AOT cache: classes and the profiles of hot methods, made by a training run of this very layout
# CLUSTER/FUNCTION/run.args   the JVM's words but for the main class: java @run.args io.opendts.cluster.FunctionProcess
set -eu
root=$1 cluster=$2 jdk=$3 app=$4
shift 4

mkdir -p "$cluster/common"

# C1 needs no profiles: without them, what a training run found hot is not compiled at the start, whether it is needed then or not.
# What a start calls some hundred times is not worth C1's time either.
FOR_C1="-XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=4 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining"

place() { # place JAR NUMBER: into the function's class path
    name=${1##*/}
    shared=$cluster/common/$name
    [ -f "$shared" ] || cp -p "$1" "$shared"
    if cmp -s "$1" "$shared" && ln "$shared" "$lib/$2-$name" 2>/dev/null; then return; fi
    cp -p "$1" "$lib/$2-$name"
}

place_without_jmx() { # place_without_jmx KAFKA-CLIENTS.JAR: the one class of it, before the jar itself
    edited=$cluster/common/kafka-without-jmx.jar
    [ -f "$edited" ] || "$jdk/bin/java" "$root/native/aot/KafkaWithoutJmx.java" "$1" "$edited"
    place "$edited" 30
}

lay_out() { # lay_out FUNCTION
    quarkus=$root/functions/$1/target/quarkus-app
    lib=$cluster/$1/lib
    mkdir -p "$lib"
    for jar in "$quarkus/quarkus/generated-bytecode.jar" "$quarkus/quarkus/transformed-bytecode.jar"; do
        if [ -f "$jar" ]; then cp -p "$jar" "$lib/10-${jar##*/}"; fi
    done
    for jar in "$quarkus"/app/*.jar; do place "$jar" 20; done
    for jar in "$quarkus"/lib/boot/*.jar; do place "$jar" 30; done
    for jar in "$quarkus"/lib/main/*.jar; do
        place "$jar" 40
        case ${jar##*/} in org.apache.kafka.kafka-clients-*) place_without_jmx "$jar" ;; esac
    done
    arguments "$1" >"$cluster/$1/training.args"
}

arguments() { # arguments FUNCTION: a line a word. C1 alone where most of the work is that of servers: measured, also for long copies
    classpath=
    for jar in "$cluster/$1"/lib/*.jar; do classpath=$classpath${classpath:+:}$jar; done
    cat <<WORDS
-Xmx256m
-XX:+UseSerialGC
-XX:+ExitOnOutOfMemoryError
--enable-native-access=ALL-UNNAMED
--add-opens=java.base/java.lang=ALL-UNNAMED
-Djava.util.logging.manager=org.jboss.logmanager.LogManager
-cp
$(quoted "$classpath")
WORDS
    case $1 in control | precheck | schema | snapshot) printf '%s\n' $FOR_C1 ;; esac
}

quoted() { # as a JVM argument file has it
    printf '"%s"\n' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"
}

run_args() { # run_args FUNCTION WORD...: these words come first
    for word in "$@"; do
        if [ "$word" != "$1" ]; then printf '%s\n' "$word"; fi
    done >"$cluster/$1/run.args"
    cat "$cluster/$1/training.args" >>"$cluster/$1/run.args"
}

train_together() { # on a job that all of them do, on servers from Maven
    for function in "$@"; do
        run_args "$function" "-XX:AOTCacheOutput=$(quoted "$cluster/$function/app.aot")"
    done
    classpath=
    for jar in "$app"/quarkus/*.jar "$app"/common/*.jar; do classpath=$classpath${classpath:+:}$jar; done
    "$jdk/bin/java" -Xmx256m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        -cp "$classpath" io.opendts.standalone.ClusterTraining "$cluster" "$cluster/training" \
        >"$cluster/training.log" 2>&1 </dev/null 3>&- || :
    rm -rf "$cluster/training"
}

train() { # train FUNCTION: starts it with neither Kafka nor a state store, asks it, ends it. A failure costs speed, not the build
    log=$cluster/$1/training.log
    DTS_KAFKA=127.0.0.1:1 DTS_STATE_URL=mysql://127.0.0.1:1/training DTS_STATE_USERNAME=training DTS_STATE_PASSWORD=training \
        DTS_KEY_FILE=$cluster/training.key DTS_PROCESS_ID=$1-1 QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=0 \
        "$jdk/bin/java" -XX:AOTCacheOutput="$cluster/$1/app.aot" "@$cluster/$1/training.args" io.opendts.cluster.FunctionProcess \
        >"$log" 2>&1 </dev/null 3>&- &
    pid=$!
    ask_when_it_listens
    kill $pid 2>/dev/null || :
    waited_s=0
    # A process that has not begun to write its cache by then does not end: nothing comes of it.
    while kill -0 $pid 2>/dev/null && { [ $waited_s -lt 10 ] || [ -s "$cluster/$1/app.aot.config" ] && [ $waited_s -lt 60 ]; }; do
        sleep 1
        waited_s=$((waited_s + 1))
    done
    kill -9 $pid 2>/dev/null || :
    wait $pid || :
    rm -f "$cluster/$1/app.aot.config"
    if [ -f "$cluster/$1/app.aot" ]; then return; fi
    echo "dts: $1 will start slower, its training run left no AOT cache; $log says why" >&3
}

ask_when_it_listens() {
    waited_s=0
    while [ $waited_s -lt 30 ] && kill -0 $pid 2>/dev/null; do
        url=$(sed -n 's/.*Listening on: \(http:[^ ]*\).*/\1/p' "$log" | head -n 1)
        if [ -n "$url" ]; then
            for path in live ready; do
                if command -v curl >/dev/null 2>&1; then
                    curl -s -m 10 "$url/q/health/$path" || :
                elif command -v wget >/dev/null 2>&1; then
                    wget -q -T 10 -O - "$url/q/health/$path" || :
                fi
            done
            sleep 2 # what is opened beside the start, the state store's part above all, is to be in the cache too
            return
        fi
        sleep 1
        waited_s=$((waited_s + 1))
    done
}

for function in "$@"; do
    if ! [ -d "$root/functions/$function/target/quarkus-app/lib/main" ]; then
        echo "functions/$function has not been built as a process of its own: no target/quarkus-app there"
        exit 1
    fi
    lay_out "$function"
done

echo "dts: preparing the fast start of all functions" >&3
train_together "$@"
head -c 32 /dev/urandom | base64 >"$cluster/training.key"
for function in "$@"; do
    rm -f "$cluster/$function/app.aot.config"
    [ -f "$cluster/$function/app.aot" ] || train "$function"
    # A cache that does not fit any more (another JDK) is passed over; that need not be told at every start.
    run_args "$function" "-XX:AOTCache=$(quoted "$cluster/$function/app.aot")" -Xlog:disable -Xlog:all=error:stderr
    rm -f "$cluster/$function/training.args"
done
rm -f "$cluster/training.key"
