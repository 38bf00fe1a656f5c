/** The judge, judged: synthetic runs of which the truth is known, and how often it errs on them. */
package dev.greenstick.verdict.trial;
