// Asks the script of pages of `engram report` without a browser, and tells the answers, as JSON.
//
// node recall.mjs JOB: a JSON file of {script, pages}: the path of recall.js, and pages of {file, cues}, a cue being
// {shown, visible, coding}.

import { readFile } from "node:fs/promises";

const job = JSON.parse(await readFile(process.argv[2], "utf8"));
const script = await readFile(job.script, "utf8");
const { memoryOf, exactOf, answerOf } = new Function(`"use strict"; ${script}; return { memoryOf, exactOf, answerOf };`)();

const told = [];
for (const { file, cues } of job.pages) {
  const page = await readFile(file, "utf8");
  if (!page.includes(script)) throw new Error(`${file} has another script than ${job.script}`);
  const report = JSON.parse(page.match(/<script type="application\/json" id="data">(.*?)<\/script>/s)[1]);
  const memory = memoryOf(report);
  const exact = exactOf(report);
  told.push({ answers: cues.map(({ shown, visible, coding }) => answerOf(memory, exact, shown, visible, coding)) });
}
console.log(JSON.stringify(told));
