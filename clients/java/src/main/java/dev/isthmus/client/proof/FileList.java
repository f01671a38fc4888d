package dev.isthmus.client.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a model: names, hashes and sizes, whose digest names the model. */
public final class FileList {
  private static final int MAX_FILES = 1000;
  private static final long MAX_SIZE_BYTES = (1L << 53) - 1;
  private static final Pattern NAME = Pattern.compile("[a-z0-9._/-]{1,255}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private FileList() {}

  /**
   * Reads and hashes every file below a folder.
   *
   * @param folder holds the model and nothing else
   * @return ascending by name
   * @throws IOException where a file cannot be read
   */
  public static List<FileEntry> ofFolder(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.filter(Files::isRegularFile).toList();
    }
    List<FileEntry> entries = new java.util.ArrayList<>();
    for (Path path : paths) {
      String name = folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
      entries.add(new FileEntry(name, sha256Hex(path), Files.size(path)));
    }
    entries.sort(Comparator.comparing(FileEntry::name));
    return List.copyOf(entries);
  }

  /**
   * The list in its one form: canonical JSON, ascending by name.
   *
   * @param files in any order
   * @return UTF-8
   * @throws ProofException {@code FILE_LIST_INVALID} on no files, two of one name, or what is not allowed
   */
  public static byte[] encode(List<FileEntry> files) {
    if (files.isEmpty() || files.size() > MAX_FILES) throw invalid("expected 1 to " + MAX_FILES + " files");
    List<FileEntry> sorted = files.stream().sorted(Comparator.comparing(FileEntry::name)).toList();
    for (int i = 0; i < sorted.size(); i++) {
      require(sorted.get(i));
      if (i > 0 && sorted.get(i).name().equals(sorted.get(i - 1).name())) {
        throw invalid("\"" + sorted.get(i).name() + "\" is listed twice");
      }
    }
    return CanonicalJson.encode(Map.of("files", sorted.stream().map(FileList::json).toList()));
  }

  /**
   * The digest that stands for a model.
   *
   * @param files all of its files, in any order
   * @return 64 lower-case hexadecimal digits
   * @throws ProofException as {@link #encode}
   */
  public static String modelDigest(List<FileEntry> files) {
    return Codec.sha256Hex(encode(files));
  }

  private static Map<String, Object> json(FileEntry file) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", file.name());
    json.put("sha256", file.sha256());
    json.put("size", (double) file.sizeBytes());
    return json;
  }

  private static void require(FileEntry file) {
    boolean inside =
        NAME.matcher(file.name()).matches()
            && Stream.of(file.name().split("/", -1)).noneMatch(part -> List.of("", ".", "..").contains(part));
    if (!inside) throw invalid("\"" + file.name() + "\" is no name of a model's file");
    if (!SHA256.matcher(file.sha256()).matches()) throw invalid("\"" + file.name() + "\" has no SHA-256");
    if (file.sizeBytes() < 0 || file.sizeBytes() > MAX_SIZE_BYTES) throw invalid("\"" + file.name() + "\" has no size");
  }

  private static String sha256Hex(Path path) throws IOException {
    MessageDigest digest = Codec.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return Codec.hex(digest.digest());
  }

  private static ProofException invalid(String problem) {
    return new ProofException(ProofErrorCode.FILE_LIST_INVALID, "file list: " + problem);
  }
}
