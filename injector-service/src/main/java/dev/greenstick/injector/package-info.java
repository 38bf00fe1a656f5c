/** The injector of one cluster: carries out fault commands and always undoes what it did. */
package dev.greenstick.injector;
