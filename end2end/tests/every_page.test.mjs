// Every public page: nothing for axe to find, no sideways scrolling at 320 pixels, three languages, and readable without JavaScript.
import assert from "node:assert/strict";
import { test } from "node:test";
import { alive, axe, browser, phone, picture, portal } from "../harness.mjs";

const LANGUAGES = ["zh-Hans", "zh-Hant", "en"];

/** Pages that need nobody signed in; `p` is the ids of the demonstration's polls. */
const pages = (p) => ({
  home: "/", polls: "/polls", open: `/polls/${p.open.id}`, finished: `/polls/${p.finished.id}`, result: `/polls/${p.finished.id}/result`,
  system: `/polls/${p.system.id}`, poster: `/polls/${p.open.id}/poster`, consultations: "/consultations", volunteering: "/volunteering",
  me: "/me", "sign-in": "/sign-in", "sign-up": "/sign-up", ballot: "/help/ballot", privacy: "/help/privacy", style: "/style",
});

test("every page", { concurrency: false }, async (t) => {
  const instance = await browser(t);
  const { url, accounts } = await portal(t, { demo: true });

  for (const [name, path] of Object.entries(pages(accounts.polls))) {
    await t.test(`${name}: axe finds nothing, and nothing fails in the console`, async () => {
      const page = await phone(instance, url);
      const answer = await page.goto(path);
      assert.equal(answer.status(), 200);
      await alive(page);
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(page.problems, []);
      await picture(page, name);
      await page.context().close();
    });

    await t.test(`${name}: fits 320 pixels, elder version included`, async () => {
      for (const view of ["", "elder"]) {
        const page = await phone(instance, url, { viewport: { width: 320, height: 640 } });
        if (view) await page.context().addCookies([{ name: "view", value: view, url }]);
        await page.goto(path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= 320, `${path} ${view} is ${wide} wide`);
        await page.context().close();
      }
    });

    await t.test(`${name}: is readable without JavaScript, in three languages`, async () => {
      const titles = new Set();
      for (const lang of LANGUAGES) {
        const page = await phone(instance, url, { javaScriptEnabled: false });
        await page.context().addCookies([{ name: "lang", value: lang, url }]);
        await page.goto(path);
        assert.equal(await page.locator("html").getAttribute("lang"), lang);
        const heading = await page.locator("h1").first().innerText();
        assert.notEqual(heading.trim(), "");
        titles.add(await page.locator("body").innerText());
        await page.context().close();
      }
      assert.equal(titles.size, LANGUAGES.length, "each language has its own words");
    });
  }

  await t.test("an address that leads nowhere says so, with status 404", async () => {
    const page = await phone(instance, url);
    const answer = await page.goto("/no/such/page");
    assert.equal(answer.status(), 404);
    assert.notEqual((await page.locator("h1").innerText()).trim(), "");
    await page.context().close();
  });
});
