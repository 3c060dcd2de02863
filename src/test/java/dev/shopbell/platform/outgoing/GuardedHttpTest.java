package dev.shopbell.platform.outgoing;

import static dev.shopbell.ScriptedWeb.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shopbell.ScriptedWeb;
import dev.shopbell.platform.outgoing.GuardedHttp.Call;
import dev.shopbell.platform.outgoing.GuardedHttp.Limits;
import dev.shopbell.platform.outgoing.GuardedHttp.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real servers on 127.0.0.1, which stands for the world outside; 127.0.0.2 is inside. */
@Timeout(30)
class GuardedHttpTest {
  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), 100_000);

  private static final byte[] FINE = answer("200 OK", "", "fine".getBytes());

  private final List<String> lookedUp = new ArrayList<>();
  private final Deque<String> rebinding = new ArrayDeque<>(List.of("127.0.0.1"));

  /** Every name under out.example is outside; rebinds.example changes with each question. */
  private InetAddress[] lookUp(String host) throws UnknownHostException {
    lookedUp.add(host);
    if (host.endsWith("out.example")) {
      return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
    }
    if (host.equals("rebinds.example")) {
      String next = rebinding.size() > 1 ? rebinding.poll() : rebinding.peek();
      return new InetAddress[] {InetAddress.ofLiteral(next)};
    }
    if (host.equals("slow.example")) {
      try {
        Thread.sleep(Duration.ofMinutes(1));
      } catch (InterruptedException e) {
        throw new UnknownHostException(host);
      }
    }
    return InetAddress.getAllByName(host);
  }

  private GuardedHttp http() {
    return http((SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private GuardedHttp http(SSLSocketFactory tls) {
    return new GuardedHttp(new InternalAddresses(List.of("127.0.0.1"), this::lookUp), tls);
  }

  private Outcome get(String url) {
    return http().send(Call.get(url, Map.of()), LIMITS);
  }

  private static String text(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    return new String(((Outcome.Answered) outcome).body(), StandardCharsets.UTF_8);
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered answered -> "answered " + answered.status();
      case Outcome.Refused refused -> "refused: " + refused.words();
      case Outcome.Failed failed -> "failed: " + failed.words();
    };
  }

  @Test
  void asksPlainlyAndSaysNothingOfWhoAsks() throws Exception {
    try (ScriptedWeb web =
        ScriptedWeb.of((request, out) ->
            out.write(answer("200 OK", "Set-Cookie: id=7\r\n", "fine".getBytes())))) {
      GuardedHttp http = http();
      String url = "http://shop.out.example:" + web.port() + "/a%20b?c=d#e";
      assertThat(text(http.send(Call.get(url, Map.of()), LIMITS))).isEqualTo("fine");
      assertThat(text(http.send(Call.get(url, Map.of()), LIMITS))).isEqualTo("fine");
      assertThat(web.asked())
          .hasSize(2)
          .allMatch(request ->
              request.equals(
                  "GET /a%20b?c=d HTTP/1.1\r\nHost: shop.out.example:"
                      + web.port()
                      + "\r\nUser-Agent: Shopbell\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"));
    }
  }

  @Test
  void postsABodyAndDoesNotFollowWhereItIsSent() throws Exception {
    try (ScriptedWeb web =
        ScriptedWeb.of(
            (request, out) -> out.write(answer("307 Elsewhere", "Location: /other\r\n")))) {
      Call call =
          new Call(
              "POST",
              web.url("/hook"),
              Map.of("Content-Type", "application/json", "X-Signature", "s"),
              "{}".getBytes());
      assertThat(words(http().send(call, LIMITS))).isEqualTo("answered 307");
      assertThat(web.asked())
          .singleElement()
          .asString()
          .startsWith("POST /hook HTTP/1.1")
          .contains("Content-Type: application/json\r\n", "X-Signature: s\r\n")
          .endsWith("\r\n\r\n{}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://shop.out.example/",
        "file:///etc/passwd",
        "javascript:1",
        "//shop.out.example/",
        "http:///path",
        "http://anna:secret@shop.out.example/",
        "http://anna@shop.out.example/",
        "http://127.0.0.2/",
        "http://2130706434/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.2]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost\\@shop.out.example/",
        "http://shop.out.example:0/",
        "http://1.1.1.1:22/",
        "http://1.1.1.1:8080/",
        "http://shop.out.example\r\nX: y/",
        "http://shop\u3002example/"
      })
  void refuses(String url) {
    assertThat(get(url)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void connectsToTheAddressThatWasCheckedThoughTheNameChangesMeanwhile() throws Exception {
    try (ScriptedWeb outside = ScriptedWeb.of((request, out) -> out.write(FINE));
        ScriptedWeb inside =
            ScriptedWeb.on(
                "127.0.0.2",
                outside.port(),
                ServerSocketFactory.getDefault(),
                (request, out) -> out.write(FINE))) {
      rebinding.clear();
      rebinding.addAll(List.of("127.0.0.1", "127.0.0.2"));
      String url = "http://rebinds.example:" + outside.port() + "/";
      assertThat(text(get(url))).isEqualTo("fine");
      assertThat(lookedUp).containsExactly("rebinds.example");
      assertThat(words(get(url))).contains("inside of this network");
      assertThat(outside.asked()).hasSize(1);
      assertThat(inside.asked()).isEmpty();
    }
  }

  @Test
  void checksTheSameNameAgainAtEveryRedirect() throws Exception {
    try (ScriptedWeb outside =
            ScriptedWeb.of((request, out) -> out.write(answer("302 Found", "Location: /on\r\n")));
        ScriptedWeb inside =
            ScriptedWeb.on(
                "127.0.0.2",
                outside.port(),
                ServerSocketFactory.getDefault(),
                (request, out) -> out.write(FINE))) {
      rebinding.clear();
      rebinding.addAll(List.of("127.0.0.1", "127.0.0.2"));
      assertThat(words(get("http://rebinds.example:" + outside.port() + "/")))
          .contains("inside of this network");
      assertThat(inside.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.2/",
        "http://[::1]:80/",
        "//localhost./x",
        "http://169.254.169.254/",
        "ftp://shop.out.example/",
        "http://a:b@shop.out.example/"
      })
  void refusesToBeSentInside(String location) throws Exception {
    try (ScriptedWeb web =
        ScriptedWeb.of(
            (request, out) -> out.write(answer("301 Moved", "Location: " + location + "\r\n")))) {
      Outcome outcome = get(web.url("/"));
      // this machine's own name may stand for the one address that the test excepts, too
      assertThat(outcome).isNotInstanceOf(Outcome.Answered.class);
      assertThat(web.asked()).hasSize(1);
    }
  }

  @Test
  void followsFiveRedirectsWithTheCallersHeadersForTheFirstHostOnly() throws Exception {
    try (ScriptedWeb web = ScriptedWeb.of(GuardedHttpTest::countDown)) {
      Call call =
          Call.get(
              "http://one.out.example:" + web.port() + "/5", Map.of("Authorization", "Bearer x"));
      assertThat(text(http().send(call, LIMITS))).isEqualTo("there");
      assertThat(web.asked()).hasSize(6);
      assertThat(web.asked().getFirst()).contains("Authorization: Bearer x");
      assertThat(web.asked().subList(1, 6)).noneMatch(request -> request.contains("Authorization"));
      assertThat(words(get("http://one.out.example:" + web.port() + "/6")))
          .contains("more than 5 times");
    }
  }

  /** /5 leads to /4 on another host, and so on; /0 is there. */
  private static void countDown(String request, java.io.OutputStream out) throws Exception {
    int left = Integer.parseInt(request.replaceAll("(?s)GET /(\\d+).*", "$1"));
    String port = request.replaceAll("(?s).*Host: [^:]*:(\\d+).*", "$1");
    out.write(
        left == 0
            ? answer("200 OK", "", "there".getBytes())
            : answer(
                "302 Found",
                "Location: http://two.out.example:" + port + "/" + (left - 1) + "\r\n"));
  }

  @Test
  void givesUpOnALoop() throws Exception {
    try (ScriptedWeb web =
        ScriptedWeb.of(
            (request, out) -> out.write(answer("308 Round", "Location: ?and=round\r\n")))) {
      assertThat(words(get(web.url("/round?x")))).contains("more than 5 times");
      assertThat(web.asked()).hasSize(6);
      assertThat(web.asked().getLast()).startsWith("GET /round?and=round ");
    }
  }

  @Test
  void endsACallThatDripsForEver() throws Exception {
    Limits hurried = new Limits(Duration.ofSeconds(1), Duration.ofMillis(700), 100_000);
    try (ScriptedWeb drips =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes());
              dripFor(out, "x");
            });
        ScriptedWeb dripsHeaders =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes());
              dripFor(out, "X-Y: z\r\n");
            })) {
      for (String url :
          List.of(drips.url("/"), dripsHeaders.url("/"), "http://slow.example/", "http://silent")) {
        long began = System.nanoTime();
        Outcome outcome = http().send(Call.get(url, Map.of()), hurried);
        assertThat(outcome).as(url).isInstanceOf(Outcome.Failed.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  private static void dripFor(java.io.OutputStream out, String drop) throws Exception {
    for (int i = 0; i < 200; i++) {
      out.write(drop.getBytes());
      out.flush();
      Thread.sleep(50);
    }
  }

  @Test
  void cutsWhatIsTooLong() throws Exception {
    byte[] block = new byte[50_000];
    try (ScriptedWeb claims =
            ScriptedWeb.of((request, out) ->
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n".getBytes()));
        ScriptedWeb endless =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
              while (true) {
                out.write("c350\r\n".getBytes());
                out.write(block);
                out.write("\r\n".getBytes());
              }
            });
        ScriptedWeb unlimited =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes());
              while (true) {
                out.write(block);
              }
            });
        ScriptedWeb headers =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.1 200 OK\r\n".getBytes());
              while (true) {
                out.write("X-Y: z\r\n".getBytes());
              }
            });
        ScriptedWeb header =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nX: ".getBytes());
              while (true) {
                out.write(block);
              }
            });
        ScriptedWeb trailers =
            ScriptedWeb.of((request, out) -> {
              out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n".getBytes());
              while (true) {
                out.write("X-Y: z\r\n".getBytes());
              }
            });
        ScriptedWeb interim =
            ScriptedWeb.of((request, out) -> {
              while (true) {
                out.write("HTTP/1.1 103 Early Hints\r\n\r\n".getBytes());
              }
            })) {
      for (ScriptedWeb web : List.of(claims, endless, unlimited)) {
        assertThat(words(get(web.url("/")))).isEqualTo("failed: The answer is larger than 100 kB.");
      }
      for (ScriptedWeb web : List.of(headers, header, trailers, interim)) {
        assertThat(get(web.url("/"))).isInstanceOf(Outcome.Failed.class);
      }
    }
  }

  @Test
  void neverUnpacksSoThatASmallAnswerStaysSmall() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
      zip.write(new byte[20_000_000]);
    }
    try (ScriptedWeb web =
        ScriptedWeb.of((request, out) ->
            out.write(answer("200 OK", "Content-Encoding: gzip\r\n", bomb.toByteArray())))) {
      assertThat(get(web.url("/")))
          .isInstanceOfSatisfying(
              Outcome.Answered.class, answered -> assertThat(answered.body()).hasSize(bomb.size()));
    }
  }

  @Test
  void believesOnlyTheCertificateOfTheNameThatWasAskedFor(@TempDir Path folder) throws Exception {
    KeyStore keys = certificateFor("secure.out.example", folder);
    SSLContext context = context(keys);
    try (ScriptedWeb plain = ScriptedWeb.of((request, out) -> out.write(FINE));
        ScriptedWeb web =
            ScriptedWeb.on(
                "127.0.0.1",
                0,
                context.getServerSocketFactory(),
                (request, out) ->
                    out.write(
                        request.startsWith("GET /down")
                            ? answer("302 Found", "Location: " + plain.url("/") + "\r\n")
                            : FINE))) {
      String right = "https://secure.out.example:" + web.port();
      String other = "https://other.out.example:" + web.port();
      GuardedHttp trusting = http(context.getSocketFactory());
      assertThat(text(trusting.send(Call.get(right + "/", Map.of()), LIMITS))).isEqualTo("fine");
      assertThat(words(trusting.send(Call.get(right + "/down", Map.of()), LIMITS)))
          .isEqualTo("refused: It is redirected from https to an address without encryption.");
      assertThat(plain.asked()).isEmpty();
      assertThat(words(trusting.send(Call.get(other + "/", Map.of()), LIMITS)))
          .contains("No trustworthy encrypted connection");
      assertThat(words(get(right + "/"))).contains("No trustworthy encrypted connection");
    }
  }

  private static KeyStore certificateFor(String name, Path folder) throws Exception {
    Path file = folder.resolve("web.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=dns:" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      store.load(in, "changeit".toCharArray());
    }
    return store;
  }

  /** Serves with the certificate, and trusts no other. */
  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, "changeit".toCharArray());
    KeyStore only = KeyStore.getInstance("PKCS12");
    only.load(null, null);
    only.setCertificateEntry("web", keys.getCertificate("web"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(only);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
