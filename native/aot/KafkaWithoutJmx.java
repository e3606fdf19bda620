import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Keeps Kafka's clients from registering their version with JMX: {@code java KafkaWithoutJmx.java KAFKA-CLIENTS.JAR OUT.JAR}. OUT.JAR
 * holds the one class that does, with nothing in the two methods, and is to stand before the other one on a class path. No setting of
 * Kafka's turns it off, nobody asks for it, and the JDK's server of beans, which nothing else here needs, takes a fifth of a
 * second of a cold process's processor time.
 */
final class KafkaWithoutJmx {

    private static final String CLASS = "org/apache/kafka/common/utils/AppInfoParser.class";
    private static final Set<String> METHODS = Set.of("registerAppInfo", "unregisterAppInfo");

    private KafkaWithoutJmx() {}

    public static void main(String... words) throws IOException {
        byte[] edited;
        try (ZipFile jar = new ZipFile(words[0])) {
            edited = edited(jar.getInputStream(jar.getEntry(CLASS)).readAllBytes());
        }
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(Path.of(words[1])))) {
            out.putNextEntry(new ZipEntry(CLASS));
            out.write(edited);
            out.closeEntry();
        }
    }

    private static byte[] edited(byte[] original) {
        Set<String> missing = new TreeSet<>(METHODS);
        ClassFile file = ClassFile.of();
        byte[] edited = file.transformClass(file.parse(original), (to, element) -> {
            if (element instanceof MethodModel method && METHODS.contains(method.methodName().stringValue())) {
                missing.remove(method.methodName().stringValue());
                empty(to, method);
            } else {
                to.with(element);
            }
        });
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(CLASS + " has no methods " + missing);
        }
        return edited;
    }

    private static void empty(ClassBuilder to, MethodModel method) {
        to.withMethodBody(method.methodName(), method.methodType(), method.flags().flagsMask(), CodeBuilder::return_);
    }
}
