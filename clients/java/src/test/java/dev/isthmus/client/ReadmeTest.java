package dev.isthmus.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.isthmus.client.contract.ReadmeProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  /** That it runs as well is shown by contract-test, which has a mesh. */
  @Test
  void compilesWithoutAWarning(@TempDir Path folder) throws Exception {
    ReadmeProgram program = ReadmeProgram.read(Map.of());
    assertTrue(program.blocks() >= 7, program.blocks() + " blocks");
    program.compile(folder);
  }

  @Test
  void namesTheVersionOfThisArtefact() throws Exception {
    String artefact = "<artifactId>isthmus-client</artifactId>\n  <version>";
    String pom = Files.readString(Path.of("pom.xml"));
    assertEquals(versionAfter(pom, artefact), versionAfter(Files.readString(Path.of("README.md")), artefact));
    String contract = Files.readString(Path.of("../../proto/package.json"));
    assertTrue(
        contract.contains("\"version\": \"" + versionAfter(pom, artefact) + "\""),
        "the client has the version of the contract");
  }

  private static String versionAfter(String text, String start) {
    int at = text.indexOf(start) + start.length();
    return text.substring(at, text.indexOf('<', at));
  }
}
