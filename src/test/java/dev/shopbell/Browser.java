package dev.shopbell;

import java.util.HashMap;
import java.util.Map;

/** What a browser does besides what a program does: it keeps cookies and sends the CSRF token. */
public final class Browser {
  private final Api api;
  private final String address;
  private final Map<String, String> cookies = new HashMap<>();
  private final Map<String, String> extra = new HashMap<>();
  private Api.Answer last;

  public Browser(RunningShopbell shopbell) {
    this(shopbell, "127.0.0.1");
  }

  /** One that seems to come from another address, to a program that trusts its proxy. */
  public Browser(RunningShopbell shopbell, String address) {
    this(shopbell.api(null), address);
  }

  private Browser(Api api, String address) {
    this.api = api;
    this.address = address;
  }

  public Api.Answer signIn(String email, String password) {
    return post("/session", Map.of("email", email, "password", password));
  }

  public Api.Answer get(String path) {
    return send("GET", path, null, true);
  }

  public Api.Answer post(String path, Object body) {
    return send("POST", path, body, true);
  }

  public Api.Answer send(String method, String path, Object body, boolean csrf) {
    Map<String, String> headers = new HashMap<>(extra);
    headers.put("X-Forwarded-For", address);
    if (!cookies.isEmpty()) {
      StringBuilder all = new StringBuilder();
      cookies.forEach((name, value) -> all.append(name).append('=').append(value).append("; "));
      headers.put("Cookie", all.toString());
    }
    if (csrf && cookies.containsKey("XSRF-TOKEN")) {
      headers.put("X-XSRF-TOKEN", cookies.get("XSRF-TOKEN"));
    }
    last = api.send(method, path, body, headers);
    for (String cookie : last.headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return last;
  }

  /** Uploads a text file, to go with a message; its id is returned. */
  public long upload(String name, byte[] content) {
    return sendFile("/uploads", name, content).json().path("id").asLong();
  }

  public Api.Answer sendFile(String path, String name, byte[] content) {
    String body =
        "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: text/plain\r\n\r\n%s\r\n--cut--\r\n"
            .formatted(name, new String(content, java.nio.charset.StandardCharsets.UTF_8));
    extra.put("Content-Type", "multipart/form-data; boundary=cut");
    try {
      return post(path, body);
    } finally {
      extra.clear();
    }
  }

  /** The value of a cookie that it keeps. */
  public String cookie(String name) {
    return cookies.get(name);
  }

  /** Another browser with the same cookies. */
  public Browser copy() {
    Browser copy = new Browser(api, address);
    copy.cookies.putAll(cookies);
    return copy;
  }

  /** Everything that the server has just said of a cookie. */
  public String setCookie(String name) {
    return last.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .findFirst()
        .orElse("");
  }
}
