/** Which of several injectors of a cluster acts, and that no other one does. */
package dev.greenstick.injector.leader;
