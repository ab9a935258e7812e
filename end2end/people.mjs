// What people do in many journeys.
import assert from "node:assert/strict";
import { alive } from "./harness.mjs";

/** A ballot's code as it is printed: four groups of four. */
export const CODE = /^[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){3}$/;

/** Signs in with an account of the demonstration. */
export async function signIn(page, { login, password }, { script = true } = {}) {
  await page.goto("/sign-in");
  if (script) await alive(page);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("input[name=password]").press("Enter");
  await page.waitForURL((to) => !to.pathname.startsWith("/sign-in"));
}

/** Opens the ballot and marks options of the first question by their place, the first of every other question. */
export async function choose(page, poll, places = [0]) {
  await page.goto(`/polls/${poll}/vote`);
  await alive(page);
  const questions = page.locator("fieldset.options");
  await questions.first().waitFor();
  for (let i = 0; i < (await questions.count()); i += 1) {
    for (const place of i === 0 ? places : [0]) await questions.nth(i).locator("label.option").nth(place).click();
  }
}

/** From the choices to a sealed ballot; returns its code. */
export async function seal(page) {
  await page.getByRole("button", { name: "核对选票" }).click();
  await page.getByRole("button", { name: "封票", exact: true }).click();
  await page.getByRole("button", { name: "放进票箱" }).waitFor();
  const code = (await page.locator(".tracker code").allInnerTexts()).join(" ");
  assert.match(code, CODE);
  return code;
}

/** Puts the sealed ballot into the box; returns the receipt's code once this device has checked it. */
export async function cast(page, poll) {
  await page.getByRole("button", { name: "放进票箱" }).click();
  await page.waitForURL(`**/polls/${poll}/receipt`);
  return inTheBox(page);
}

/** The receipt, with what this device has just checked. */
export async function inTheBox(page) {
  await page.getByText("本机刚刚核对过").waitFor();
  return (await page.locator(".tracker code").allInnerTexts()).join(" ");
}

/** Lets the device's clock run `ahead` milliseconds ahead, as the rehearsal's does. */
export async function setClock(page, ahead) {
  await page.context().addInitScript((ahead) => { const now = Date.now; Date.now = () => now() + ahead; }, ahead);
}

/** Tabs on until what has the focus, or its label, says this. */
export async function reach(page, words) {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const it = document.activeElement;
      return [it, it.closest("label"), ...(it.labels ?? [])].map((one) => one?.textContent ?? "").join(" ");
    });
    if (here.includes(words)) return;
  }
  throw new Error(`Tab never reaches ${words}`);
}
