// Starts the real binary on a database of its own, and a real browser. Nothing here waits for a fixed time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, mkdir, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";

const binary = process.env.MINYI_BIN ?? "minyi";
const site = process.env.MINYI_SITE ?? path.resolve("../target/site");
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
export const pictures = path.resolve(import.meta.dirname, "results");

/** Runs `minyi` with `args` to its end; returns what it printed, or throws with it. */
export async function minyi(args, { env = {}, cwd, input } = {}) {
  const child = spawn(binary, args, { cwd, env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  let out = "", err = "";
  child.stdout.on("data", (chunk) => (out += chunk));
  child.stderr.on("data", (chunk) => (err += chunk));
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, out, err };
}

/** A folder that goes away with the test. */
export async function folder(test) {
  const place = await mkdtemp(path.join(tmpdir(), "minyi-"));
  test.after(() => rm(place, { recursive: true, force: true }));
  return place;
}

/**
 * The portal on a free port of the loopback.
 * `demo: true` fills the demonstration community first and returns its accounts.
 */
export async function portal(test, { demo = false, env = {}, data } = {}) {
  const place = data ?? (await folder(test));
  const settings = { MINYI_DATA_DIR: place, MINYI_SITE: site, MINYI_ADDRESS: "127.0.0.1:0", ...env };
  let accounts;
  if (demo) {
    const filled = await minyi(["demo", "--json"], { env: settings });
    if (filled.code !== 0) throw new Error(`minyi demo: ${filled.err}${filled.out}`);
    accounts = JSON.parse(filled.out);
  }
  const child = spawn(binary, ["serve"], { env: { ...process.env, ...settings }, stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = line.match(/http:\/\/[^\s"]+/);
      if (found) resolve(found[0].replace(/\/$/, ""));
    });
    child.once("exit", (code) => reject(new Error(`minyi serve ended with ${code}: ${log}`)));
  });
  const stop = async (signal = "SIGTERM") => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  test.after(() => stop());
  return { url, accounts, data: place, settings, stop, log: () => log };
}

/** A browser shared by the tests of one file. */
export async function browser(test) {
  const instance = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--lang=zh-CN"],
  });
  test.after(() => instance.close());
  return instance;
}

/** A resident's phone: 390 × 844, Chinese, touch. */
export async function phone(instance, base, options = {}) {
  return device(instance, base, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, ...options });
}

/** A committee's desk: 1280 × 900. */
export async function desk(instance, base, options = {}) {
  return device(instance, base, { viewport: { width: 1280, height: 900 }, ...options });
}

async function device(instance, base, options) {
  const context = await instance.newContext({ baseURL: base, locale: "zh-CN", timezoneId: "Asia/Shanghai", ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) page.problems.push(message.text());
  });
  return page;
}

/** Waits until the page is alive: hydrated, not only rendered. */
export async function alive(page) {
  await page.waitForFunction(() => document.documentElement.dataset.alive === "true");
}

/** What axe finds wrong on the page, as short lines. */
export async function axe(page) {
  // Evaluated, not added as a script: the page's content security policy stays as it is.
  await page.evaluate(await readFile(axePath, "utf8"));
  const found = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return found.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")})`);
}

/** Keeps a picture of the page for people to look at. */
export async function picture(page, name) {
  if (!existsSync(pictures)) await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
}
