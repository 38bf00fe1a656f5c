/** What is known of runs, over HTTP; reads only. */
package dev.greenstick.verdict.api;
