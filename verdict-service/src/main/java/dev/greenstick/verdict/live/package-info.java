/** Events as they come, for subscribers over HTTP who may go away and come back anywhere. */
package dev.greenstick.verdict.live;
