package dev.shopbell.platform.traces;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Sends traces on by OTLP, without anything personal: of the attributes only those that hold a name
 * from the code, no address that was asked for, no message of an error.
 */
final class TraceExport implements SpanExporter {
  /** Their values are few and written by us: patterns of addresses, names of tasks and classes. */
  private static final Set<String> KEPT =
      Set.of("method", "uri", "status", "outcome", "exception", "task");

  private final SpanExporter collector;

  /**
   * @param url of the collector, such as {@code http://collector:4318/v1/traces}
   */
  TraceExport(String url) {
    this.collector = OtlpHttpSpanExporter.builder().setEndpoint(url).build();
  }

  private static final class Quiet extends DelegatingSpanData {
    private final Attributes attributes;

    Quiet(SpanData span) {
      super(span);
      this.attributes = span.getAttributes().toBuilder().removeIf(key -> !isKept(key)).build();
    }

    private static boolean isKept(AttributeKey<?> key) {
      return KEPT.contains(key.getKey());
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
      return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
      return List.of();
    }

    @Override
    public int getTotalRecordedEvents() {
      return 0;
    }

    @Override
    public StatusData getStatus() {
      return StatusData.create(super.getStatus().getStatusCode(), "");
    }
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    return collector.export(spans.stream().<SpanData>map(Quiet::new).toList());
  }

  @Override
  public CompletableResultCode flush() {
    return collector.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return collector.shutdown();
  }
}
