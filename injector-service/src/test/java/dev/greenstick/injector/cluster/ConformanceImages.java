package dev.greenstick.injector.cluster;

/** The images that conformance suites run; properties name others for clusters that exist. */
public final class ConformanceImages {

  /** Runs until it is told to stop: {@code greenstick.model-image}. */
  public static final String MODEL = System.getProperty("greenstick.model-image", "model:1");

  /** Another one that does: {@code greenstick.pause-image}. */
  public static final String PAUSE = System.getProperty("greenstick.pause-image", "pause:1");

  /** Has a shell: {@code greenstick.shell-image}. */
  public static final String SHELL = System.getProperty("greenstick.shell-image", "shell:1");

  /** Has a shell and strace 6.6 or newer: {@code greenstick.tool-image}. */
  public static final String TOOL = System.getProperty("greenstick.tool-image", "tools:1");

  private ConformanceImages() {}
}
