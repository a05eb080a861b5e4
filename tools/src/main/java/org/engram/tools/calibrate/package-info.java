/**
 * {@code engram calibrate}: measures how well a store tells what it knows from what it does not, and finds the criteria
 * that follow. Data flows one way: {@code CueMaker -> Trial -> Condition -> Calibration -> CalibrationTable,
 * CalibrationJson}. No other task is known here.
 */
package org.engram.tools.calibrate;
