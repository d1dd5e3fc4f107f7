package io.millrace.testkit;

import io.millrace.base.runtime.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// A network between a client and a server on this machine that loses connections: after a random
/// number of bytes both sides are cut off, often in the middle of a packet. Repeatable by its seed.
public final class LossyLink implements AutoCloseable {
  private static final int BUFFER = 1_024;
  private final int serverPort;
  private final int bytesMax;
  private final Random random; // guarded by this
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final ExecutorService threads = Threads.virtual("lossy-link");
  private volatile boolean isLossy = true;

  /// A link to a port of this machine that carries at most `bytesMax` bytes before it is cut.
  public LossyLink(int serverPort, int bytesMax, long seed) throws IOException {
    this.serverPort = serverPort;
    this.bytesMax = bytesMax;
    random = new Random(seed);
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /// Where clients connect to.
  public int port() {
    return door.getLocalPort();
  }

  /// How often it was cut.
  public int cuts() {
    return cuts.get();
  }

  /// From now on nothing is cut.
  public void heal() {
    isLossy = false;
  }

  private synchronized int next() {
    return 1 + random.nextInt(bytesMax);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(client);
        open.add(server);
        threads.execute(() -> carry(client, server, next()));
        threads.execute(() -> carry(server, client, next()));
      } catch (IOException closedOrNoServer) {
        // the client sees that the connection ends
      }
    }
  }

  private void carry(Socket from, Socket to, int bytes) {
    var buffer = new byte[BUFFER];
    int left = bytes;
    try (from;
        to) {
      while (true) {
        int read = from.getInputStream().read(buffer);
        if (read < 0) {
          return;
        }
        int passed = isLossy ? Math.min(read, left) : read;
        to.getOutputStream().write(buffer, 0, passed);
        left -= passed;
        if (isLossy && left <= 0) {
          cuts.incrementAndGet();
          return;
        }
      }
    } catch (IOException ended) {
      // the other direction was cut
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
