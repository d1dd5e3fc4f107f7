package io.millrace.wire.kafka;

import io.millrace.store.commit.Commit;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The records of one Kafka partition that are on their way, in the order of their offsets.
///
/// The source's thread owns it; partition threads of the pipeline see [#isGrounded], [#ground] and
/// [#mark].
final class PartitionFlights {
  final TopicPartition name;
  final PlaceRows.Partition id;
  private final PlaceRows rows;
  private final ArrayDeque<Flight> flights = new ArrayDeque<>();
  private final Set<Long> done; // from the place on, and not yet read again
  private long place;
  private long bytes;
  private long savedPlace;
  private long retryAtNanos;
  private volatile boolean grounded;

  PartitionFlights(TopicPartition name, PlaceRows.Partition id, PlaceRows rows, long place) {
    this.name = name;
    this.id = id;
    this.rows = rows;
    this.place = place;
    this.savedPlace = place;
    this.done = rows.marks(id, place);
  }

  /// The offset to go on from.
  long place() {
    return place;
  }

  int size() {
    return flights.size();
  }

  long bytes() {
    return bytes;
  }

  /// Why the first of those that were refused was; empty when none was.
  String refusal() {
    return flights.stream()
        .filter(flight -> flight.state() == Flight.State.REFUSED)
        .map(Flight::reason)
        .findFirst()
        .orElse("");
  }

  boolean isGrounded() {
    return grounded;
  }

  /// From now on no record takes effect, until [#takeOffAgain].
  void ground() {
    grounded = true;
  }

  void mark(Commit commit, long offset) {
    rows.putMark(commit, id, offset);
  }

  /// A new flight; one of a record that has taken effect before has landed already.
  Flight add(ConsumerRecord<byte[], byte[]> record) {
    var flight = new Flight(record, this);
    bytes += size(record);
    if (!done.isEmpty() && done.remove(record.offset())) {
      flight.done();
    }
    flights.add(flight);
    return flight;
  }

  /// Moves the place past what has landed, and hands over the poisoned that are next or later.
  ///
  /// @param bury starts to write a record to the dead-letter topic
  void land(Consumer<Flight> bury) {
    for (var first = flights.peek();
        first != null && first.state() == Flight.State.DONE;
        first = flights.peek()) {
      flights.remove();
      bytes -= size(first.record);
      place = first.record.offset() + 1;
    }
    for (var flight : flights) {
      if (flight.state() == Flight.State.POISON) {
        flight.flying();
        bury.accept(flight);
      }
    }
  }

  /// Whether nothing is in the air any more.
  boolean isSettled() {
    return flights.stream().allMatch(flight -> flight.state() != Flight.State.FLYING);
  }

  /// After [#ground], once all is settled: forgets the flights, to be read again from the place.
  void clear(long retryNanos) {
    for (var flight : flights) {
      if (flight.state() == Flight.State.DONE) {
        done.add(flight.record.offset());
      }
    }
    flights.clear();
    bytes = 0;
    retryAtNanos = retryNanos;
  }

  boolean isEmptyAndGrounded() {
    return grounded && flights.isEmpty();
  }

  long retryAtNanos() {
    return retryAtNanos;
  }

  void takeOffAgain() {
    grounded = false;
  }

  /// Whether the place has moved since it was saved.
  boolean wantsSave() {
    return place != savedPlace;
  }

  void save(Commit commit) {
    rows.save(commit, id, savedPlace, place);
    long now = place;
    commit.onDurable(() -> savedPlace = now);
  }

  /// There are no records between the place and `position`, as behind a transaction's marker.
  void skipTo(long position) {
    if (flights.isEmpty() && !grounded && position > place) {
      place = position;
    }
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    return 200L
        + Math.max(record.serializedKeySize(), 0)
        + Math.max(record.serializedValueSize(), 0);
  }
}
