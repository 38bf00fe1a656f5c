package dev.greenstick.probe.access;

import dev.greenstick.probe.access.Secrets.Unreadable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files beneath one directory, where whoever runs the probe mounts what experiments may use. */
public final class SecretFiles {

  private static final long LARGEST_BYTES = 64 << 10;

  private final Path directory;

  public SecretFiles(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** The text of a file; a line break at its end is not part of it. */
  String read(String name) throws Unreadable {
    Path file = directory.resolve(name).normalize();
    if (!file.startsWith(directory) || file.equals(directory)) {
      throw new Unreadable("is no file beneath " + directory);
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new Unreadable("is no file: " + file + "; mount it there");
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new Unreadable("is larger than 64 KiB: " + file);
      }
      return text(Files.readAllBytes(file));
    } catch (CharacterCodingException e) {
      throw new Unreadable("is no text in UTF-8: " + file);
    } catch (IOException e) {
      throw new Unreadable("cannot be read: " + file + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Bytes as text, without a line break at the end. */
  public static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(0, end);
  }
}
