// What people do in many journeys.
import { alive } from "./harness.mjs";

/** Signs in with an account of the demonstration. */
export async function signIn(page, { login, password }, { script = true } = {}) {
  await page.goto("/sign-in");
  if (script) await alive(page);
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill(password);
  await page.locator("input[name=password]").press("Enter");
  await page.waitForURL((to) => !to.pathname.startsWith("/sign-in"));
}
