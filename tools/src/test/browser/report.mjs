// Opens pages of `engram report` in a browser, uses them as a visitor would, and tells what happened, as JSON.
//
// node report.mjs JOB: a JSON file of {chromium, screenshots, pages}, a page being {file, cues, tour}: cues are asked of
// engram.recall, as {shown, visible, coding}; a tour uses keyboard and mouse, and leaves screenshots in that directory.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** Within which a page is to be usable; a machine may be busy, so that one load of some has to be. */
const SOON_MS = 1000;
const LOADS = 5;

const job = JSON.parse(await readFile(process.argv[2], "utf8"));
const browser = await chromium.launch({
  executablePath: job.chromium,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});

/** What a page asked for, and what the browser or the page complained of. */
const requests = [];
const complaints = [];

async function open(file, options) {
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.on("request", request => {
    if (request.url() !== url) requests.push(request.url());
  });
  tab.on("console", message => complaints.push(`${message.type()}: ${message.text()}`));
  tab.on("pageerror", error => complaints.push(String(error)));
  tab.on("dialog", dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await tab.goto(url);
  await tab.waitForFunction(() => window.engram?.ready);
  return tab;
}

/** Everything that was asked for has been drawn. */
const settle = tab => tab.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))));

/** What a visitor sees once it has been drawn. */
async function seen(tab) {
  await settle(tab);
  return tab.evaluate(() => {
    const text = id => document.getElementById(id).textContent;
    /** How many pixels of a canvas are white, how many black, and how many neither. */
    const colours = canvas => {
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      const counts = { white: 0, black: 0, other: 0 };
      for (let i = 0; i < data.length; i += 4) {
        if (data[i] > 250 && data[i + 1] > 250) counts.white++;
        else if (data[i] < 30) counts.black++;
        else counts.other++;
      }
      return counts;
    };
    return {
      verdict: text("verdict-word"),
      key: text("verdict-key"),
      says: text("verdict-says"),
      hidden: text("cue-says"),
      noise: text("noise-says"),
      read: text("read"),
      found: text("found"),
      picked: document.querySelector("#pattern").selectedOptions[0]?.textContent ?? null,
      focus: document.activeElement.id || document.activeElement.tagName,
      cards: [...document.querySelectorAll(".card")].map(card => card.getAttribute("aria-label")),
      cue: colours(document.querySelector("#cue")),
      recalled: colours(document.querySelector("#recalled")),
    };
  });
}

async function screenshot(tab, name, fullPage) {
  // What is drawn when it comes into sight comes into sight.
  if (fullPage) {
    const { width, height } = tab.viewportSize();
    const tall = await tab.evaluate(() => document.documentElement.scrollHeight);
    await tab.setViewportSize({ width, height: tall });
    await tab.waitForFunction(() => [...document.querySelectorAll(".card canvas")].every(canvas => canvas.width > 1));
    await tab.screenshot({ path: `${job.screenshots}/${name}.png`, caret: "initial" });
    await tab.setViewportSize({ width, height });
  } else {
    await tab.screenshot({ path: `${job.screenshots}/${name}.png`, caret: "initial" });
  }
}

async function loads(file) {
  const ready = [];
  while (ready.length < LOADS && !(Math.min(...ready) < SOON_MS)) {
    const tab = await open(file);
    ready.push(await tab.evaluate(() => window.engram.ready));
    await tab.context().close();
  }
  return ready;
}

async function keyboard(tab) {
  const steps = {};
  const step = async (name, ...keys) => {
    for (const key of keys) await tab.keyboard.press(key);
    steps[name] = await seen(tab);
  };
  await tab.keyboard.press("/");
  await tab.keyboard.type("v");
  await step("searched");
  await step("walked", "Tab", "ArrowRight");
  await step("taken", "Enter");
  await tab.locator("#restore").focus();
  await step("whole", "Enter");
  await tab.locator("#cue").focus();
  await step("dotted", "Space");
  await step("stroked", "Shift+ArrowDown");
  await tab.locator("#responses").focus();
  await step("read", "End", "ArrowLeft");
  await step("pickedFromPlot", "Enter");
  await tab.locator("#search").fill("no such key \u0000");
  await step("nothing");
  await tab.locator("#search").fill("");
  await tab.locator("#later").focus();
  await step("turned", "Enter");
  return steps;
}

async function mouse(tab) {
  const steps = {};
  await tab.locator("#restore").click();
  const cue = tab.locator("#cue");
  await cue.scrollIntoViewIfNeeded();
  const box = await cue.boundingBox();
  await tab.mouse.move(box.x + box.width * 0.2, box.y + box.height * 0.2);
  await tab.mouse.down();
  await tab.mouse.move(box.x + box.width * 0.8, box.y + box.height * 0.5, { steps: 4 });
  await tab.mouse.up();
  steps.brushed = await seen(tab);
  await tab.locator("#erase").click();
  steps.blocks = await seen(tab);
  await tab.locator("#noise").fill("10");
  steps.noisy = await seen(tab);
  await tab.locator("#reroll").click();
  steps.otherNoise = await seen(tab);
  await tab.locator("input[value=unipolar]").check();
  steps.unipolar = await seen(tab);
  await screenshot(tab, "unipolar");
  await tab.locator("#noise").fill("0");
  await tab.locator("#quarter").click();
  await tab.locator("input[value=bipolar]").check();
  steps.quarter = await seen(tab);
  await tab.locator("input[value=restore]").check();
  await cue.click({ position: { x: 10, y: 10 } });
  steps.broughtBack = await seen(tab);
  return steps;
}

async function looks(file) {
  const background = tab => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await open(file, { colorScheme: "dark" });
  await dark.locator("#erase").click();
  await screenshot(dark, "dark", true);
  const told = { dark: await background(dark) };
  await dark.locator("#theme").click();
  told.toggled = await background(dark);
  await dark.context().close();
  const phone = await open(
    file, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
  told.tooWide = await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await phone.locator("#quarter").tap();
  await phone.locator("#cue").tap({ position: { x: 120, y: 120 } });
  told.tapped = await seen(phone);
  await screenshot(phone, "phone", true);
  await phone.context().close();
  return told;
}

const told = [];
for (const { file, cues, tour } of job.pages) {
  requests.length = complaints.length = 0;
  const page = tour ? { ready: await loads(file) } : {};
  const tab = await open(file);
  page.first = await seen(tab);
  page.title = await tab.title();
  page.markup = await tab.evaluate(() => ({
    images: document.images.length,
    scripts: document.scripts.length,
    injected: window.injected ?? null,
    notice: document.querySelector("#sampled").textContent,
    findings: [...document.querySelectorAll("#findings li")].map(line => line.textContent),
  }));
  page.answers = await tab.evaluate(
    asked => asked.map(({ shown, visible, coding }) => window.engram.recall(shown, visible, coding)), cues);
  if (tour) {
    await screenshot(tab, "light", true);
    page.keyboard = await keyboard(tab);
    page.mouse = await mouse(tab);
    page.looks = await looks(file);
  } else {
    await screenshot(tab, `page-${told.length}`, true);
  }
  await tab.context().close();
  told.push({ ...page, requests: [...requests], complaints: [...complaints] });
}
await browser.close();
console.log(JSON.stringify(told));
