/** From history to facts and from facts to judgements. Pure. */
package dev.greenstick.verdict.hypothesis;
