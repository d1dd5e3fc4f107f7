package io.millrace.wire.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A mail server for one connection: RFC 5321 without extensions, on a real socket.
final class SmtpPeer implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final String refusal;
  private final FutureTask<List<String>> talk = new FutureTask<>(this::talk);

  /// @param refusal the reply to receivers; empty takes them
  SmtpPeer(String refusal) throws IOException {
    this.refusal = refusal;
    Thread.ofVirtual().start(talk);
  }

  int port() {
    return door.getLocalPort();
  }

  /// All lines of the client, once it has hung up.
  List<String> heard() throws InterruptedException, ExecutionException, TimeoutException {
    return talk.get(30, TimeUnit.SECONDS);
  }

  private List<String> talk() throws IOException {
    var heard = new ArrayList<String>();
    try (var socket = door.accept();
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        var out = socket.getOutputStream()) {
      var reply = "220 peer";
      boolean isData = false;
      while (!reply.startsWith("221")) {
        if (!reply.isEmpty()) {
          out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
          out.flush();
        }
        var line = in.readLine();
        if (line == null) {
          return heard;
        }
        heard.add(line);
        if (isData && !line.equals(".")) {
          reply = "";
          continue;
        }
        isData = line.equals("DATA");
        reply = reply(line);
      }
      return heard;
    }
  }

  private String reply(String line) {
    if (line.startsWith("RCPT") && !refusal.isEmpty()) {
      return refusal;
    }
    return line.equals("DATA") ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 peer";
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
