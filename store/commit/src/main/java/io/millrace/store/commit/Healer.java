package io.millrace.store.commit;

import io.millrace.base.runtime.Threads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the store take writes again after the disk refused one, on a thread of its own.
///
/// It tries a write of its own every second. When that is refused although a file beside the store
/// can be written and synced, RocksDB is what refuses, and is opened again; a full disk it looks
/// after by itself, so that it gets some time first.
final class Healer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Healer.class);
  private static final byte[] KEY = "disk".getBytes(StandardCharsets.UTF_8);
  private static final int PROBE_BYTES = 64 << 10;
  private static final int PATIENCE = 15; // tries

  private final CommitStore store;
  private final Duration interval;
  private final Semaphore wanted = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Threads.platform("store-healer", this::run);

  Healer(CommitStore store, Duration interval) {
    this.store = store;
    this.interval = interval;
    thread.start();
  }

  /// Asks for it; returns at once.
  void heal() {
    if (wanted.availablePermits() == 0) {
      wanted.release();
    }
  }

  private void run() {
    try {
      wanted.acquire();
      while (closing.getCount() > 0) {
        healUntilWritten();
        wanted.drainPermits(); // its own refusals; closing is looked at after this, below
        if (closing.getCount() > 0) {
          wanted.acquire();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void healUntilWritten() throws InterruptedException {
    boolean isWritten = false;
    for (int tries = 1; !isWritten; tries++) {
      if (closing.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
      isWritten = isWritten(tries);
    }
    log.info("The disk of {} takes writes again", store.directory());
  }

  private boolean isWritten(int tries) {
    try {
      write();
      return true;
    } catch (StoreFullException refused) {
      boolean isPatient = DiskRefusal.isLookedAfter(refused) && tries < PATIENCE;
      if (!isPatient && isDiskFine()) {
        store.reopen();
      }
      return false;
    } catch (RuntimeException e) {
      log.warn("The store in {} did not recover yet", store.directory(), e);
      return false;
    }
  }

  private void write() {
    try (var commit = store.begin()) {
      commit.put(Family.META, KEY, new byte[0]);
      commit.write();
    }
  }

  private boolean isDiskFine() {
    var file = store.directory().resolve("disk-probe");
    try {
      probe(file);
      return true;
    } catch (IOException stillBad) {
      return false;
    }
  }

  private static void probe(Path file) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (var bytes = ByteBuffer.allocate(PROBE_BYTES); bytes.hasRemaining(); ) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.delete(file);
  }

  @Override
  public void close() {
    closing.countDown();
    wanted.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
