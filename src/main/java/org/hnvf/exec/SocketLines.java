package org.hnvf.exec;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/** The lines that a server writes to the clients of a Unix-domain stream socket. */
public final class SocketLines implements LineSource {

  private static final int LONGEST = 8192;

  private final Path socket;

  /** Creates the lines of this socket, which need not exist yet. */
  public SocketLines(Path socket) {
    this.socket = socket;
  }

  @Override
  public Lines open() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new Connected(channel);
    } catch (IOException e) {
      channel.close();
      // The server may be started later, so this is not a NoSuchFileException.
      throw new IOException("cannot connect to " + socket + ": " + e.getMessage(), e);
    }
  }

  private static final class Connected implements Lines {

    private final SocketChannel channel;
    private final BoundedLines lines;

    Connected(SocketChannel channel) {
      this.channel = channel;
      this.lines = new BoundedLines(Channels.newInputStream(channel), LONGEST);
    }

    @Override
    public Optional<String> next() throws IOException {
      try {
        return lines.next();
      } catch (ClosedChannelException e) {
        // Another thread closed this object.
        return Optional.empty();
      }
    }

    @Override
    public String ending() {
      return channel.isOpen() ? "the other side closed the connection" : "closed";
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        System.getLogger(SocketLines.class.getName())
            .log(System.Logger.Level.WARNING, "a socket could not be closed: " + e);
      }
    }
  }
}
