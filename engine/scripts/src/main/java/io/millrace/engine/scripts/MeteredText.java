package io.millrace.engine.scripts;

/// A text that costs the run something for every character that is looked at. A regular expression
/// that tries for ever thus runs out of steps.
final class MeteredText implements CharSequence {
  private static final int LOOKS_PER_STEP = 4;

  private final String text;
  private final int from;
  private final int until;
  private final Run run;
  private int looks;

  MeteredText(String text, int from, int until, Run run) {
    this.text = text;
    this.from = from;
    this.until = until;
    this.run = run;
  }

  @Override
  public int length() {
    return until - from;
  }

  @Override
  public char charAt(int index) {
    if (++looks >= LOOKS_PER_STEP) {
      looks = 0;
      run.step();
    }
    return text.charAt(from + index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return new MeteredText(text, from + start, from + end, run);
  }

  @Override
  public String toString() {
    run.allocate(2L * length());
    return text.substring(from, until);
  }
}
