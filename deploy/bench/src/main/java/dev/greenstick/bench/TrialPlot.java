package dev.greenstick.bench;

import dev.greenstick.bench.JudgeTrial.Line;
import dev.greenstick.verdict.trial.Rates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Two plots side by side: how often each assertion is refuted and confirmed, by the true effect.
 */
final class TrialPlot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 440;
  private static final int SIDE = 360;
  private static final int TOP = 50;
  private static final int FLOOR = 300;

  /** Told apart also by those who do not see red and green (Okabe and Ito). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#56b4e9", "#e69f00", "#009e73", "#cc79a7");

  private TrialPlot() {}

  static String of(List<Line> lines) {
    Map<Boolean, List<Line>> panels = new LinkedHashMap<>();
    for (Line line : lines) {
      panels.computeIfAbsent(line.effects()[0] == 0, _ -> new ArrayList<>()).add(line);
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="%d" height="%d" fill="white"/>
        """
            .formatted(WIDTH, HEIGHT, WIDTH, HEIGHT));
    panel(svg, panels.get(true), 60, "true loss of availability", 0.01, TrialPlot::percent);
    panel(svg, panels.get(false), 510, "true slowdown", 1.1, TrialPlot::times);
    return svg.append("</svg>\n").toString();
  }

  private static void panel(
      StringBuilder svg,
      List<Line> lines,
      int left,
      String title,
      double bound,
      DoubleFunction<String> unit) {
    double[] effects = lines.get(0).effects();
    double least = effects[0];
    double most = effects[effects.length - 1];
    text(svg, left, TOP - 34, "start", title + ", and what became of it");
    text(svg, left, TOP - 18, "start", "solid: refuted; dashed: confirmed");
    for (int i = 0; i <= 4; i++) {
      double y = y(i / 4.0);
      line(svg, left, y, left + SIDE, y, "#ddd", "");
      text(svg, left - 6, y + 4, "end", 25 * i + " %");
      double effect = least + (most - least) * i / 4;
      text(svg, x(left, effect, least, most), FLOOR + 18, "middle", unit.apply(effect));
    }
    double at = x(left, bound, least, most);
    line(svg, at, TOP, at, FLOOR, "#555", "2 3");
    text(svg, at, TOP - 4, "middle", "bound");
    for (int i = 0; i < lines.size(); i++) {
      Line one = lines.get(i);
      String colour = COLOURS.get(i % COLOURS.size());
      curve(svg, one, left, Rates::failed, colour, "");
      curve(svg, one, left, Rates::held, colour, "6 4");
      double y = FLOOR + 40 + 16.0 * i;
      line(svg, left, y - 4, left + 22, y - 4, colour, "");
      boolean isBare =
          !one.assertion().startsWith("difference") && !one.assertion().startsWith("ratio");
      text(
          svg,
          left + 28,
          y,
          "start",
          (isBare ? "bare comparison, " : "with its interval, ") + one.world());
    }
  }

  private static void curve(
      StringBuilder svg,
      Line line,
      int left,
      ToDoubleFunction<Rates> share,
      String colour,
      String dashes) {
    StringBuilder points = new StringBuilder();
    double[] effects = line.effects();
    for (int i = 0; i < effects.length; i++) {
      points.append(
          format(
              "%.1f,%.1f ",
              x(left, effects[i], effects[0], effects[effects.length - 1]),
              y(share.applyAsDouble(line.rates().get(i)))));
    }
    svg.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" stroke-dasharray=\"%s\"/>%n"
            .formatted(points.toString().strip(), colour, dashes));
  }

  private static double x(int left, double effect, double least, double most) {
    return left + SIDE * (effect - least) / (most - least);
  }

  private static double y(double share) {
    return FLOOR - (FLOOR - TOP) * share;
  }

  private static void line(
      StringBuilder svg,
      double fromX,
      double fromY,
      double toX,
      double toY,
      String colour,
      String dashes) {
    svg.append(
        format(
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-dasharray=\"%s\"/>%n",
            fromX, fromY, toX, toY, colour, dashes));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
    svg.append(
        format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words));
  }

  private static String percent(double share) {
    return format("%.2f %%", 100 * share);
  }

  private static String times(double factor) {
    return format("%.3f", factor);
  }

  private static String format(String format, Object... args) {
    return String.format(Locale.ROOT, format, args);
  }
}
