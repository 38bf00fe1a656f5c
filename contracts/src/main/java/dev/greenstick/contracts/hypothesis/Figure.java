package dev.greenstick.contracts.hypothesis;

import java.util.List;

/** What an assertion may name and somebody who knows the run can tell the value of. */
public sealed interface Figure permits Fact, Statistic {

  /** How it is written, in the one form that all ways to write it have in common. */
  String name();

  /** The unit of its value. */
  Unit unit();

  /** The facts that it rests on; itself, where it is one. */
  List<Fact> facts();
}
