package dev.greenstick.command.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenTest {

  private static List<String> texts(String file) {
    return Written.documents("a.yaml", file).stream().map(Written::text).toList();
  }

  @Test
  void documentsOfAFileStandOnTheLinesOnWhichTheyAreWritten() {
    assertThat(texts("a: 1\nb: 2\n---\nc: 3\n--- # last\nd: 4\n"))
        .containsExactly("a: 1\nb: 2\n", "\n\n   \nc: 3\n", "\n\n\n\n    # last\nd: 4\n");
  }

  @Test
  void whatHoldsNothingIsNoDocument() {
    assertThat(texts("# who wrote it\n---\na: 1\n---\n\n# nothing\n...\n---\n"))
        .singleElement()
        .isEqualTo("\n   \na: 1\n");
  }

  @Test
  void anEmptyFileIsADocumentThatIsEmpty() {
    assertThat(texts("")).containsExactly("");
    assertThat(texts("---\n")).hasSize(1);
  }

  @Test
  void aLineInABlockOrInJsonIsNoMarker() {
    assertThat(texts("a: |\n  ---\n  b\n")).hasSize(1);
    assertThat(texts("----\na: 1\n")).hasSize(1);
    assertThat(texts("{\n\"a\":\n 1}")).hasSize(1);
  }
}
