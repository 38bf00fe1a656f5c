package dev.greenstick.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenstick.contracts.verdict.VerdictReached;
import dev.greenstick.contracts.wire.Json;
import dev.greenstick.verdict.Folded;
import dev.greenstick.verdict.Histories;
import dev.greenstick.verdict.history.Evidence;
import dev.greenstick.verdict.history.Gathered;
import dev.greenstick.verdict.history.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whoever changes how history is judged changes the version that verdicts carry. */
class FoldVersionTest {

  private static final int HISTORIES = 500;
  private static final Path FILE = Path.of("src/test/resources/verdicts/fold-versions.txt");

  @Test
  void whatJudgesOtherwiseIsAnotherVersion() throws Exception {
    // Given
    Map<Integer, String> known = new TreeMap<>();
    for (String line : Files.readAllLines(FILE)) {
      String[] parts = line.split(" ");
      known.put(Integer.parseInt(parts[0]), parts[1]);
    }

    // When
    String now = fingerprint();
    if (!known.containsKey(RunFold.VERSION)
        && "update".equals(System.getProperty("greenstick.golden"))) {
      Files.writeString(FILE, RunFold.VERSION + " " + now + "\n", StandardOpenOption.APPEND);
      known.put(RunFold.VERSION, now);
    }

    // Then
    assertThat(now)
        .as(
            "histories are judged otherwise than version %d of the fold has judged them: raise"
                + " RunFold.VERSION and run this with -Dgreenstick.golden=update",
            RunFold.VERSION)
        .isEqualTo(known.get(RunFold.VERSION));
  }

  /** Of what is judged, how and why, of histories that hold everything that may come about. */
  private static String fingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < HISTORIES; seed++) {
      List<Evidence> events = Histories.of(seed);
      Gathered history = new Gathered();
      events.forEach(history::add);
      Progress progress = Folded.FOLD.afresh(Progress.of(events.getFirst().data().run()), history);
      VerdictReached verdict = Folded.FOLD.verdict(progress, history).data();
      String judged =
          Json.text(verdict).replace("\"foldVersion\":" + RunFold.VERSION, "\"foldVersion\":0");
      digest.update(judged.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
