package dev.shopbell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that uses the public API. */
public final class Api {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final String address;
  private final String token;

  Api(String address, String token) {
    this.address = address;
    this.token = token;
  }

  public record Answer(int status, String body, java.net.http.HttpHeaders headers) {
    public JsonNode json() {
      return JSON.readTree(body);
    }
  }

  /** By what the program is known. */
  public String token() {
    return token;
  }

  /** What is at the path, which must answer 200. */
  public JsonNode get(String path) {
    Answer answer = send("GET", path, null, Map.of());
    assertThat(answer.status()).as("GET %s: %s", path, answer.body()).isEqualTo(200);
    return answer.json();
  }

  /** Every item of a list, page by page. */
  public List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String next = null;
    do {
      JsonNode page =
          get(
              path
                  + (path.contains("?") ? "&" : "?")
                  + "limit=200"
                  + (next == null ? "" : "&cursor=" + next));
      page.path("items").forEach(items::add);
      next = page.path("next").isNull() ? null : page.path("next").asString();
    } while (next != null);
    return items;
  }

  /** Posts a body, which must be taken. */
  public JsonNode post(String path, Object body) {
    return taken("POST", path, body);
  }

  public JsonNode put(String path, Object body) {
    return taken("PUT", path, body);
  }

  public JsonNode patch(String path, Object body) {
    return taken("PATCH", path, body);
  }

  public JsonNode delete(String path) {
    return taken("DELETE", path, null);
  }

  private JsonNode taken(String method, String path, Object body) {
    Answer answer = send(method, path, body, Map.of());
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.body()).isBetween(200, 299);
    return answer.body().isEmpty() ? JSON.nullNode() : answer.json();
  }

  /** Whatever the answer is. */
  public Answer send(String method, String path, Object body, Map<String, String> headers) {
    String text =
        body == null ? "" : body instanceof String string ? string : JSON.writeValueAsString(body);
    HttpRequest.Builder request =
        request(path).method(method, HttpRequest.BodyPublishers.ofString(text));
    if (body != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    HttpResponse<String> response = sent(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response.headers());
  }

  /** A file, whatever the answer is. The path begins below the API or is a url that it gave. */
  public HttpResponse<byte[]> download(String path) {
    return sent(request(path.replace("/api/v1", "")), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Uploads a file, to go with a message; its id is returned. */
  public long upload(String name, String type, byte[] content) {
    Answer answer = sendFile("/uploads", name, type, content);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().path("id").asLong();
  }

  /** Posts a file, whatever the answer is. */
  public Answer sendFile(String path, String name, String type, byte[] content) {
    byte[] head =
        ("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                .formatted(name, type))
            .getBytes(StandardCharsets.UTF_8);
    byte[] end = "\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=cut")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(List.of(head, content, end)));
    HttpResponse<String> response = sent(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body(), response.headers());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/api/v1" + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static <T> HttpResponse<T> sent(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return CLIENT.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
