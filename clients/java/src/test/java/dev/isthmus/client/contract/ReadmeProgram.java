package dev.isthmus.client.contract;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** All Java of the README as one program: the imports first, then the blocks in their order. */
public final class ReadmeProgram {
  private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final String source;
  private final int blocks;

  private ReadmeProgram(String source, int blocks) {
    this.source = source;
    this.blocks = blocks;
  }

  /**
   * Reads the README.
   *
   * @param replacements what stands in the README for what is meant here, such as addresses and files
   * @return the program
   * @throws IOException where it cannot be read
   */
  public static ReadmeProgram read(Map<String, String> replacements) throws IOException {
    List<String> imports = new ArrayList<>();
    List<String> body = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("README.md")));
    int blocks = 0;
    for (; block.find(); blocks++) {
      block.group(1).lines().forEach(line -> (line.startsWith("import ") ? imports : body).add(line));
    }
    String text = String.join("\n", body);
    for (Map.Entry<String, String> replacement : replacements.entrySet()) {
      String from = '"' + replacement.getKey() + '"';
      if (!text.contains(from)) throw new IllegalStateException("the README does not name " + from);
      text = text.replace(from, '"' + replacement.getValue() + '"');
    }
    String start = "public class Readme {\n  public static void main(String[] arguments) throws Exception {\n";
    return new ReadmeProgram(String.join("\n", imports) + "\n" + start + text + "\n  }\n}\n", blocks);
  }

  /**
   * Number of blocks.
   *
   * @return at least 0
   */
  public int blocks() {
    return blocks;
  }

  /**
   * Compiles the program with every lint of javac.
   *
   * @param folder for source and class
   * @throws IOException where it does not compile; the message holds what javac says
   */
  public void compile(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("Readme.java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    String classPath = System.getProperty("java.class.path");
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-d", folder.toString(), "-cp", classPath, "-Xlint:all,-processing,-path", "-Werror");
      boolean compiled = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(file)).call();
      if (!compiled) throw new IOException("the README does not compile:\n" + said);
    }
  }

  /**
   * Runs what was compiled.
   *
   * @param folder the same
   * @throws Throwable what the program throws
   */
  public void run(Path folder) throws Throwable {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, ReadmeProgram.class.getClassLoader())) {
      loader.loadClass("Readme").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }
}
