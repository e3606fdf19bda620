package io.opendts.engines.mysql.wire;

import io.opendts.model.Endpoint.Tls;
import io.opendts.model.Endpoint.TlsMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS over a connected socket, as the mode and the PEM files say. */
final class TlsSockets {

    /** AlgorithmIdentifier rsaEncryption with version 0: turns PKCS#1 ("BEGIN RSA PRIVATE KEY") into PKCS#8. */
    private static final byte[] PKCS8_RSA = {0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86,
        (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00};

    private TlsSockets() {
    }

    /** Errors of the files are {@link MySqlTlsError}; those of the handshake stay IOException, for the caller to judge. */
    static SSLSocket handshake(Socket raw, String host, int port, Tls tls) throws IOException {
        SSLContext context = context(tls);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true);
        if (tls.mode() == TlsMode.VERIFY_IDENTITY) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context(Tls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(tls), trustManagers(tls), null);
            return context;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new MySqlTlsError("the TLS settings cannot be used: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trustManagers(Tls tls) throws GeneralSecurityException, IOException {
        return switch (tls.mode()) {
            case DISABLED, PREFERRED, REQUIRED -> new TrustManager[] {new TrustAll()};
            case VERIFY_CA, VERIFY_IDENTITY -> {
                TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(tls.ca().isPresent() ? caStore(tls.ca().get()) : null);
                yield factory.getTrustManagers();
            }
        };
    }

    private static KeyStore caStore(String path) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate certificate : certificates(path)) {
            store.setCertificateEntry("ca" + count++, certificate);
        }
        return store;
    }

    private static KeyManager[] keyManagers(Tls tls) throws GeneralSecurityException, IOException {
        Optional<String> cert = tls.cert();
        Optional<String> key = tls.key();
        if (cert.isEmpty() && key.isEmpty()) {
            return new KeyManager[0];
        }
        if (cert.isEmpty() || key.isEmpty()) {
            throw new IllegalArgumentException("a client certificate needs both cert and key");
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", privateKey(key.get()), new char[0], certificates(cert.get()).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String path) throws GeneralSecurityException, IOException {
        byte[] pem = Files.readAllBytes(Path.of(path));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Collection<? extends Certificate> found = factory.generateCertificates(new ByteArrayInputStream(pem));
        if (found.isEmpty()) {
            throw new IllegalArgumentException(path + " holds no certificate");
        }
        return found;
    }

    private static PrivateKey privateKey(String path) throws GeneralSecurityException, IOException {
        String pem = Files.readString(Path.of(path), StandardCharsets.US_ASCII);
        int begin = pem.indexOf("-----BEGIN ");
        String kind = begin < 0 ? "" : pem.substring(begin + 11, Math.max(begin + 11, pem.indexOf("-----", begin + 11)));
        if (!kind.equals("PRIVATE KEY") && !kind.equals("RSA PRIVATE KEY")) {
            throw new IllegalArgumentException(path
                    + " holds no PRIVATE KEY (PKCS#8) or RSA PRIVATE KEY; convert it with openssl pkcs8 -topk8 -nocrypt");
        }
        int from = begin + 16 + kind.length();
        int to = pem.indexOf("-----END", from);
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(from, to < 0 ? pem.length() : to));
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(kind.startsWith("RSA") ? wrapPkcs1(der) : der);
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue;
            }
        }
        throw new IllegalArgumentException(path + " holds a key that is neither RSA, EC nor EdDSA, or is damaged");
    }

    private static byte[] wrapPkcs1(byte[] pkcs1) {
        SqlBytes key = new SqlBytes(pkcs1.length + 64).raw(0x04);
        derLength(key, pkcs1.length).raw(pkcs1);
        SqlBytes all = new SqlBytes(pkcs1.length + 64).raw(0x30);
        return derLength(all, PKCS8_RSA.length + key.size()).raw(PKCS8_RSA).raw(key.toBytes()).toBytes();
    }

    private static SqlBytes derLength(SqlBytes to, int length) {
        return length < 0x80 ? to.raw(length) : to.raw(0x82).raw(length >>> 8).raw(length);
    }

    /** For the modes that encrypt without asking who is there: what PREFERRED and REQUIRED mean in MySQL's own client. */
    private static final class TrustAll extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
