package io.millrace.engine.rules.nodes;

/// What a math node computes; ThingsBoard's names.
enum MathOperation {
  ADD(2),
  SUB(2),
  MULT(2),
  DIV(2),
  SIN(1),
  SINH(1),
  COS(1),
  COSH(1),
  TAN(1),
  TANH(1),
  ACOS(1),
  ASIN(1),
  ATAN(1),
  ATAN2(2),
  EXP(1),
  EXPM1(1),
  SQRT(1),
  CBRT(1),
  GET_EXP(1),
  HYPOT(2),
  LOG(1),
  LOG10(1),
  LOG1P(1),
  CEIL(1),
  FLOOR(1),
  FLOOR_DIV(2),
  FLOOR_MOD(2),
  ABS(1),
  MIN(2),
  MAX(2),
  POW(2),
  SIGNUM(1),
  RAD(1),
  DEG(1),
  /// The node's own expression.
  CUSTOM(-1);

  private static final int CUSTOM_ARGUMENTS_MAX = 16;
  private final int arguments;

  MathOperation(int arguments) {
    this.arguments = arguments;
  }

  boolean takes(int count) {
    return this == CUSTOM ? count <= CUSTOM_ARGUMENTS_MAX : count == arguments;
  }

  /// ThingsBoard: these are stored as whole numbers.
  boolean isWhole() {
    return this == GET_EXP || this == CEIL || this == FLOOR;
  }

  double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MULT -> a * b;
      case DIV -> a / b;
      case SIN -> Math.sin(a);
      case SINH -> Math.sinh(a);
      case COS -> Math.cos(a);
      case COSH -> Math.cosh(a);
      case TAN -> Math.tan(a);
      case TANH -> Math.tanh(a);
      case ACOS -> Math.acos(a);
      case ASIN -> Math.asin(a);
      case ATAN -> Math.atan(a);
      case ATAN2 -> Math.atan2(a, b);
      case EXP -> Math.exp(a);
      case EXPM1 -> Math.expm1(a);
      case SQRT -> Math.sqrt(a);
      case CBRT -> Math.cbrt(a);
      case GET_EXP -> Math.getExponent(a);
      case HYPOT -> Math.hypot(a, b);
      case LOG -> Math.log(a);
      case LOG10 -> Math.log10(a);
      case LOG1P -> Math.log1p(a);
      case CEIL -> Math.ceil(a);
      case FLOOR -> Math.floor(a);
      case FLOOR_DIV -> Math.floorDiv((long) a, (long) b);
      case FLOOR_MOD -> Math.floorMod((long) a, (long) b);
      case ABS -> Math.abs(a);
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
      case POW -> Math.pow(a, b);
      case SIGNUM -> Math.signum(a);
      case RAD -> Math.toRadians(a);
      case DEG -> Math.toDegrees(a);
      case CUSTOM -> throw new IllegalStateException("CUSTOM is its expression");
    };
  }
}
