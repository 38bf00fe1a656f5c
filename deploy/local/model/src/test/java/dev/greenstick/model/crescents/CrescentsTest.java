package dev.greenstick.model.crescents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CrescentsTest {
  private final Crescents model = Crescents.train();

  @Test
  void answersHeldOutPointsRightly() {
    // When
    var right =
        Samples.heldOut().stream()
            .filter(sample -> model.classify(sample.point()).label().equals(sample.label()))
            .count();

    // Then
    assertThat(right).isGreaterThan(980);
  }

  @Test
  void trainsTheSameForestEveryTime() {
    // When
    var again = Crescents.train();

    // Then
    assertThat(Samples.heldOut())
        .allSatisfy(
            sample ->
                assertThat(again.classify(sample.point()))
                    .isEqualTo(model.classify(sample.point())));
  }

  @Test
  void answersTheShippedSamplesRightlyAndSurely() {
    // When
    var shipped = Samples.shipped();

    // Then
    assertThat(shipped)
        .hasSize(20)
        .allSatisfy(
            sample -> {
              var answer = model.classify(sample.point());
              assertThat(answer.label()).isEqualTo(sample.label());
              assertThat(answer.scores().get(Crescents.LABELS.indexOf(sample.label())))
                  .isGreaterThanOrEqualTo(0.9);
            });
  }

  @Test
  void givesEqualNumbersOfSamplesPerLabel() {
    // When
    var samples = Samples.answeredRightly(model, 200);

    // Then
    assertThat(samples)
        .doesNotHaveDuplicates()
        .filteredOn(sample -> sample.label().equals("O"))
        .hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> Samples.answeredRightly(model, 10_000));
  }
}
