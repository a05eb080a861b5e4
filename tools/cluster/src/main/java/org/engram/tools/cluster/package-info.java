/** The verbs of a cluster, for the engram command: members that join, and guests that ask, fill, look and stop. */
package org.engram.tools.cluster;
