package io.millrace.base.config;

import java.util.List;

/// Settings that cannot be used; each fault names the setting, its value, its place and the cure.
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> faults;

  public SettingsException(List<String> faults) {
    super(String.join(System.lineSeparator(), faults));
    this.faults = List.copyOf(faults);
  }

  public List<String> faults() {
    return faults;
  }
}
