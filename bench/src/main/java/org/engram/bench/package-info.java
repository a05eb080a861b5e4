/** JMH benchmarks of the store, each beside the limit of the machine it runs on. */
package org.engram.bench;
