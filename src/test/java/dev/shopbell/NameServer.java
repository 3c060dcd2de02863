package dev.shopbell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** A name server on this machine that knows what a test tells it, and nothing else. */
public final class NameServer implements AutoCloseable {
  private static final int TTL = 1;

  private final DatagramSocket socket;
  private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
  private final Set<Name> silent = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();

  public NameServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** As a setting names it. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** How often it was asked so far. */
  public int questions() {
    return questions.get();
  }

  public void text(String name, String... texts) {
    for (String text : texts) {
      List<String> parts = new ArrayList<>(Arrays.asList(text.split("(?<=\\G.{200})")));
      add(name, new TXTRecord(name(name), DClass.IN, TTL, parts));
    }
  }

  public void host(String name, String address) {
    try {
      add(name, new ARecord(name(name), DClass.IN, TTL, InetAddress.getByName(address)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void mail(String name, String host) {
    add(name, new MXRecord(name(name), DClass.IN, TTL, 10, name(host)));
  }

  /** From now on nobody gets an answer about the name. */
  public void silence(String name) {
    silent.add(name(name));
  }

  public void forget(String name) {
    records.remove(name(name));
  }

  private void add(String name, Record record) {
    records.computeIfAbsent(name(name), any -> new ArrayList<>()).add(record);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        questions.incrementAndGet();
        Record question = query.getQuestion();
        if (silent.contains(question.getName())) {
          continue;
        }
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        List<Record> known = records.getOrDefault(question.getName(), List.of());
        known.stream()
            .filter(record -> record.getType() == question.getType())
            .forEach(record -> answer.addRecord(record, Section.ANSWER));
        if (known.isEmpty()) {
          answer.getHeader().setRcode(Rcode.NXDOMAIN);
        }
        byte[] bytes = answer.toWire();
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // Closed, or a question that is none.
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
