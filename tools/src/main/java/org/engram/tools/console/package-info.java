/**
 * Every verb speaks through this package: streams, tables, JSON, CSV, errors and their exit codes, progress, files that
 * appear only when they are complete. Nothing else of the tools is known here.
 */
package org.engram.tools.console;
