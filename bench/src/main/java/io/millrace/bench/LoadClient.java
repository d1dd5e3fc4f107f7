package io.millrace.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One connection of the generator; on the generator's thread.
final class LoadClient {
  private static final int BATCH = 100;
  private static final int BUFFER_BYTES = 65_536;

  final SocketChannel channel;
  private final LoadScenario scenario;
  private final boolean publisher;
  private final byte[] topic;
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private int inflight;
  private int packetId;
  private long unconfirmed;
  private int pings;
  boolean ready;
  long acknowledged;
  long delivered;
  @Nullable LongConsumer latencies;

  LoadClient(SocketChannel channel, LoadScenario scenario, boolean publisher, int number) {
    this.channel = channel;
    this.scenario = scenario;
    this.publisher = publisher;
    this.topic = scenario.topic(number).getBytes(US_ASCII);
    LoadPackets.connect(out, (publisher ? "p" : "s") + number, publisher || !scenario.isDurable());
    if (!publisher) {
      LoadPackets.subscribe(out, scenario.filter(number), scenario.qos());
    }
  }

  boolean isPublisher() {
    return publisher;
  }

  /// Publishes what the window, or at QoS 0 the credit, allows.
  ///
  /// @return messages published
  int publish(long credit) {
    int allowed = scenario.qos() > 0 ? scenario.window() - inflight : allowedQos0(credit);
    int count = 0;
    while (count < allowed && out.remaining() > 256) {
      put(0);
      count++;
    }
    if (scenario.qos() > 0) {
      inflight += count;
    } else if (scenario.copies() == 0 && count > 0) {
      LoadPackets.ping(out); // its answer confirms the batch before it
      pings++;
      unconfirmed += count;
    }
    return count;
  }

  /// Publishes one message that says when it was due, whatever is in flight.
  void publishAt(long dueNanos) {
    put(dueNanos);
    inflight++;
  }

  private void put(long stamp) {
    packetId = packetId == 65_535 ? 1 : packetId + 1;
    LoadPackets.publish(out, topic, scenario.qos(), packetId, stamp);
  }

  private int allowedQos0(long credit) {
    if (scenario.copies() == 0) {
      return pings < 4 ? BATCH : 0;
    }
    return (int) Math.min(credit, BATCH);
  }

  /// Writes what is there; true when all of it went out.
  boolean flush() throws IOException {
    if (out.position() > 0) {
      out.flip();
      channel.write(out);
      out.compact();
    }
    return out.position() == 0;
  }

  /// Reads and answers; false when the broker closed.
  boolean read(ByteBuffer in) throws IOException {
    in.clear();
    in.put(rest);
    int count = channel.read(in);
    if (count < 0) {
      return false;
    }
    in.flip();
    while (packet(in)) {}
    rest = ByteBuffer.allocate(in.remaining());
    rest.put(in).flip();
    return true;
  }

  private boolean packet(ByteBuffer in) {
    if (in.remaining() < 2) {
      return false;
    }
    int start = in.position();
    int header = in.get() & 0xff;
    int length = in.get();
    if (length < 0 || in.remaining() < length) {
      if (length < 0) {
        throw new IllegalStateException("a packet longer than any that was asked for");
      }
      in.position(start);
      return false;
    }
    int body = in.position();
    handle(header, in, body);
    in.position(body + length);
    return true;
  }

  private void handle(int header, ByteBuffer in, int body) {
    switch (header >> 4) {
      case 2 -> ready = publisher;
      case 9 -> ready = true;
      case 3 -> delivered(header, in, body);
      case 4, 7 -> {
        inflight--;
        acknowledged++;
      }
      case 5 -> LoadPackets.reply(out, 0x62, in.getShort(body));
      case 6 -> LoadPackets.reply(out, 0x70, in.getShort(body));
      case 13 -> {
        pings--;
        acknowledged += unconfirmed / (pings + 1);
        unconfirmed -= unconfirmed / (pings + 1);
      }
      default -> throw new IllegalStateException("unexpected packet " + header);
    }
  }

  private void delivered(int header, ByteBuffer in, int body) {
    delivered++;
    int qos = header >> 1 & 3;
    if (qos != scenario.qos()) {
      throw new IllegalStateException("delivered at QoS " + qos);
    }
    if (qos > 0) {
      int idAt = body + 2 + in.getShort(body);
      int id = in.getShort(idAt);
      if (latencies != null) {
        latencies.accept(System.nanoTime() - in.getLong(idAt + 2));
      }
      LoadPackets.reply(out, qos == 1 ? 0x40 : 0x50, id);
    }
  }
}
