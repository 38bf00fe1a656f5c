package dev.greenstick.verdict.replay;

import dev.greenstick.contracts.Event;
import dev.greenstick.contracts.verdict.VerdictReached;
import java.util.Optional;

/**
 * What came of one run.
 *
 * @param outcome how it compares with what is recorded
 * @param event the verdict that was reached again; empty where the run could not be judged
 */
public record Judged(Outcome outcome, Optional<Event<VerdictReached>> event) {}
