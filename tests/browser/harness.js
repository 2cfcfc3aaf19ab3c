// Starts the real program and a headless Chromium, and counts what passes.
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const http = require("node:http");
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const ROOT = path.resolve(__dirname, "../..");
const TARGET = process.env.CARGO_TARGET_DIR || path.join(ROOT, "target");
const ONRECORD = process.env.ONRECORD || path.join(TARGET, "release", "onrecord");
const SCREENSHOTS = path.join(TARGET, "screenshots");
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];

const counts = { passed: 0, failed: 0 };

/** Runs one check; a thrown error is a failure, told in one line. ONLY=words runs those that have the words in their name. */
async function check(name, work) {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) return;
  try {
    await work();
    counts.passed += 1;
    if (process.env.VERBOSE) console.log(`ok      ${name}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAILED  ${name}: ${String(error && error.message ? error.message : error).split("\n").slice(0, 6).join(" | ")}`);
  }
}

function assert(condition, message) {
  if (!condition) throw new Error(message);
}

function equal(found, expected, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  assert(a === b, `${what}: expected ${b}, found ${a}`);
}

/** Runs the program to its end. */
function run(...args) {
  const done = spawnSync(ONRECORD, args, { encoding: "utf8", timeout: 120000 });
  if (done.error) throw done.error;
  return done;
}

/** Starts `onrecord serve` on a free port; resolves to its address and a way to stop it. */
function serve(record) {
  const child = spawn(ONRECORD, ["serve", "--record", record, "--addr", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let out = "", err = "";
    const late = setTimeout(() => { child.kill("SIGKILL"); reject(new Error(`serve told no address: ${out} ${err}`)); }, 20000);
    child.stderr.on("data", (data) => { err += data; });
    child.stdout.on("data", (data) => {
      out += data;
      const base = /http:\/\/[^\s/]+/.exec(out);
      if (base) { clearTimeout(late); resolve({ base: base[0], child, lines: () => out.trim().split("\n"), stop: () => stop(child) }); }
    });
    child.on("exit", (code) => { clearTimeout(late); reject(new Error(`serve ended with ${code}: ${err}`)); });
  });
}

function stop(child) {
  return new Promise((resolve) => {
    const late = setTimeout(() => { child.kill("SIGKILL"); resolve("killed"); }, 8000);
    child.removeAllListeners("exit");
    child.on("exit", (code) => { clearTimeout(late); resolve(code); });
    child.kill("SIGINT");
  });
}

/** One request without a browser: status, headers, body. */
function ask(base, target, options = {}) {
  const url = new URL(base);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: url.hostname, port: url.port, path: target, method: options.method || "GET", headers: options.headers || {}, agent: false },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (data) => { body += data; });
        response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
      },
    );
    request.on("error", reject);
    request.setTimeout(20000, () => request.destroy(new Error("no answer in 20 seconds")));
    request.end();
  });
}

async function json(base, target) {
  const { status, body, headers } = await ask(base, target);
  assert(status === 200, `${target} answered ${status}: ${body.slice(0, 200)}`);
  assert(/^application\/json/.test(headers["content-type"]), `${target} is ${headers["content-type"]}`);
  return JSON.parse(body);
}

function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
}

/** A page that notes everything that should not happen. */
async function watched(context, base) {
  const page = await context.newPage();
  const odd = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) odd.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => odd.push(`script: ${error.message}`));
  page.on("dialog", (dialog) => { odd.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) odd.push(`request elsewhere: ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    if (!/ERR_ABORTED/.test(request.failure()?.errorText || "")) odd.push(`failed: ${request.url()}`);
  });
  return { page, odd };
}

async function shot(page, name) {
  fs.mkdirSync(SCREENSHOTS, { recursive: true });
  const before = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: before.width, height: Math.min(Math.max(height, 600), 2400) });
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
  await page.setViewportSize(before);
}

module.exports = { ONRECORD, SCREENSHOTS, counts, check, assert, equal, run, serve, ask, json, launch, watched, shot };
