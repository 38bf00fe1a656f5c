package dev.greenstick.model.inference;

/** The datatypes that the input tensor may come in. */
enum Datatype {
  FP32,
  FP64;

  static Datatype named(Object name) throws Refusal {
    for (var datatype : values()) {
      if (datatype.name().equals(name)) {
        return datatype;
      }
    }
    throw InferRequest.bad("Datatype " + name + " does not fit: this model takes FP32 or FP64");
  }

  /** A number of the request at this datatype's precision. */
  double read(Number number) throws Refusal {
    double value =
        switch (this) {
          case FP32 -> number.floatValue();
          case FP64 -> number.doubleValue();
        };
    if (!Double.isFinite(value)) {
      throw InferRequest.bad(number + " is out of the range of " + this);
    }
    return value;
  }
}
