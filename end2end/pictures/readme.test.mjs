// The pictures of README.md, taken anew: `make pictures`. Two by two pixels for each of the page's, one screen high.
import path from "node:path";
import { test } from "node:test";
import { alive, browser, desk, phone, portal } from "../harness.mjs";
import { cast, choose, seal, signIn } from "../people.mjs";

const place = path.resolve(import.meta.dirname, "../../docs/pictures");

test("the pictures of README.md", async (t) => {
  const instance = await browser(t);
  const { url, accounts: demo } = await portal(t, { demo: true });
  const { open, finished } = demo.polls;
  const take = (page, name) => page.screenshot({ path: path.join(place, `${name}.png`) });
  const resident = await phone(instance, url, { deviceScaleFactor: 2 });
  await signIn(resident, demo.accounts.residents[0]);
  await resident.goto("/");
  await alive(resident);
  await take(resident, "home");
  await choose(resident, open.id);
  await take(resident, "ballot");
  await seal(resident);
  await cast(resident, open.id);
  await take(resident, "receipt");
  await resident.goto(`/polls/${finished.id}/result`);
  await alive(resident);
  await take(resident, "result");
  const clerk = await desk(instance, url);
  await signIn(clerk, demo.accounts.clerks[0]);
  await clerk.goto("/committee");
  await alive(clerk);
  await take(clerk, "workbench");
});
