package org.hnvf.lab.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Clients that get every line. One that does not read is not waited for, and gets no more. */
final class LineClients {

  private final Consumer<String> complaints;
  private final List<SocketChannel> clients = new CopyOnWriteArrayList<>();

  LineClients(Consumer<String> complaints) {
    this.complaints = complaints;
  }

  int count() {
    return clients.size();
  }

  void add(SocketChannel client) throws IOException {
    client.configureBlocking(false);
    clients.add(client);
  }

  /** A line for all. */
  void tell(String line) {
    for (SocketChannel client : ImmutableList.copyOf(clients)) {
      ByteBuffer text = UTF_8.encode(line + "\n");
      try {
        client.write(text);
      } catch (IOException gone) {
        text.rewind();
      }
      if (text.hasRemaining()) {
        clients.remove(client);
        close(client);
      }
    }
  }

  void closeAll() {
    clients.forEach(this::close);
  }

  private void close(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      complaints.accept("cannot close a connection: " + e);
    }
  }
}
