package io.millrace.testkit;

import io.millrace.base.runtime.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A mail server on a real socket: RFC 5321, STARTTLS (RFC 3207), TLS from the first byte, and AUTH
/// PLAIN (RFC 4954). One connection after the other, on a thread of its own.
public final class SmtpPeer implements AutoCloseable {
  /// When the connection is enciphered.
  public enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  private final ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Threads.virtual("smtp-peer");
  private final String refusal;
  private final Security security;
  private final Optional<SSLContext> tls;
  private final String login;
  private final BlockingQueue<List<String>> talks = new LinkedBlockingQueue<>();

  private SmtpPeer(String refusal, Security security, Optional<SSLContext> tls, String login)
      throws IOException {
    this.refusal = refusal;
    this.security = security;
    this.tls = tls;
    this.login = login;
    threads.execute(this::serve);
  }

  /// Without TLS and log-in.
  ///
  /// @param refusal the reply to receivers; empty takes them
  public static SmtpPeer plain(String refusal) throws IOException {
    return new SmtpPeer(refusal, Security.NONE, Optional.empty(), "");
  }

  /// With TLS and a log-in, without which no mail is taken.
  public static SmtpPeer secured(
      Security security, TestCertificates certificates, String name, String user, String password)
      throws IOException {
    var context = certificates.serverContext(name);
    return new SmtpPeer("", security, Optional.of(context), "\0" + user + "\0" + password);
  }

  public int port() {
    return door.getLocalPort();
  }

  /// All lines of the next client, once it has hung up.
  public List<String> heard() throws InterruptedException {
    var talk = talks.poll(30, TimeUnit.SECONDS);
    if (talk == null) {
      throw new IllegalStateException("No mail client came within 30 s.");
    }
    return talk;
  }

  private void serve() {
    while (!door.isClosed()) {
      var heard = new ArrayList<String>();
      try (var socket = door.accept()) {
        try (var line = security == Security.TLS ? enciphered(socket) : socket) {
          talk(line, heard);
        }
      } catch (IOException e) {
        heard.add("(" + e.getMessage() + ")"); // a handshake that failed is part of the talk
      }
      talks.add(List.copyOf(heard));
    }
  }

  private Socket enciphered(Socket socket) throws IOException {
    var factory = tls.orElseThrow().getSocketFactory();
    var line = (SSLSocket) factory.createSocket(socket, "127.0.0.1", socket.getPort(), true);
    line.setUseClientMode(false);
    line.startHandshake();
    return line;
  }

  private void talk(Socket first, List<String> heard) throws IOException {
    var line = first;
    var in = reader(line);
    boolean isData = false;
    boolean isLoggedIn = login.isEmpty();
    send(line, "220 peer");
    while (true) {
      var text = in.readLine();
      if (text == null) {
        return;
      }
      heard.add(text);
      if (isData && !text.equals(".")) {
        continue;
      }
      isData = false;
      if (text.equals("STARTTLS")) {
        send(line, "220 go");
        line = enciphered(line);
        in = reader(line);
      } else if (text.startsWith("AUTH")) {
        isLoggedIn = isLogin(text);
        send(line, isLoggedIn ? "235 welcome" : "535 wrong user or password");
      } else if (text.startsWith("MAIL") && !isLoggedIn) {
        send(line, "530 log in first");
      } else {
        isData = text.equals("DATA");
        send(line, reply(text, line instanceof SSLSocket));
      }
    }
  }

  private boolean isLogin(String text) {
    var given = text.substring(text.lastIndexOf(' ') + 1);
    return new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8).endsWith(login);
  }

  private static BufferedReader reader(Socket line) throws IOException {
    return new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void send(Socket line, String text) throws IOException {
    line.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    line.getOutputStream().flush();
  }

  private String reply(String text, boolean isTls) {
    if (text.startsWith("EHLO")) {
      return "250-peer\r\n"
          + (security == Security.STARTTLS && !isTls ? "250-STARTTLS\r\n" : "")
          + (login.isEmpty() ? "" : "250-AUTH PLAIN\r\n")
          + "250 8BITMIME";
    }
    if (text.startsWith("RCPT") && !refusal.isEmpty()) {
      return refusal;
    }
    return text.equals("DATA") ? "354 go on" : text.equals("QUIT") ? "221 bye" : "250 peer";
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
